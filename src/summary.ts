import { markdownTable } from "markdown-table";
import type { Layer } from "./layer.ts";
import type { Stage } from "./layer-stack.ts";
import { formatShape, sizeOf } from "./shape.ts";

/** A table of a model's layers, and how many numbers they train. */
export function summarise(stages: readonly Stage[], seed: number): string {
  const counts = stages.map(({ layer }) => countOf(layer));
  const rows = stages.map(({ layer, name, outputShape }, index) => [
    name,
    describeLayer(layer),
    formatShape([null, ...outputShape]),
    String(counts[index]),
  ]);
  const table = markdownTable([["layer", "what", "output", "parameters"], ...rows], { align: ["l", "l", "l", "r"] });
  const total = counts.reduce((sum, count) => sum + count, 0);
  return `${table}\n\n${total} parameters, seed ${seed}`;
}

function countOf({ parameters }: Layer): number {
  return parameters.reduce((count, parameter) => count + sizeOf(parameter.shape), 0);
}

/** What a layer says of itself, `Dense(3 → 2)`, or the name of its class where it says nothing. */
function describeLayer(layer: Layer): string {
  const description = (layer as { toString(): string }).toString();
  return description === "[object Object]" ? layer.constructor.name : description;
}
