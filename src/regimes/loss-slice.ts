import { assign, disposeValues } from "../assignment.ts";
import type { Samples } from "../batches.ts";
import { measure } from "../evaluate.ts";
import { dot, plus, valuesOf, type ParameterVector } from "../explain/parameter-vector.ts";
import { resolveLoss } from "../losses.ts";
import type { Sequential } from "../sequential.ts";
import { sizeOf } from "../shape.ts";
import type { LossSlice } from "./comparison.ts";
import type { Path } from "./regime.ts";
import { finiteOrNull } from "./curve.ts";
import type { NetworkPlan } from "./network.ts";
import { principalPlane } from "./principal-plane.ts";
import { readAhead } from "./read-ahead.ts";

/** A plane through weight space. */
export type Plane = Pick<LossSlice, "kind" | "axes" | "origin" | "directions" | "explained">;

/** Room around the paths, as a share of their extent. */
const margin = 0.15;

/**
 * The plane in which paths are drawn: of two weights all there is, else the one in which the paths spread most.
 *
 * @param paths of each run, its weights point by point
 * @param best the place of the one that ended lowest
 * @returns undefined where the paths span none
 */
export async function planeThrough(
  model: Sequential,
  paths: readonly (readonly Float32Array[])[],
  best: number,
): Promise<Plane | undefined> {
  const names = weightNames(model);
  const [first, second] = names;
  if (first === undefined || second === undefined) return undefined;
  if (names.length > 2) return principalPlane(paths, best);
  const directions = [[1, 0] as const, [0, 1] as const] as const;
  return { kind: "parameters", axes: [first, second], origin: [0, 0], directions, explained: null };
}

/** What each weight is called: by its parameter, and its place in it where that holds several. */
function weightNames(model: Sequential): string[] {
  return model.parameters.flatMap((parameter) => {
    const [name, size] = [model.nameOf(parameter), sizeOf(parameter.shape)];
    return size === 1 ? [name] : Array.from({ length: size }, (_, index) => `${name}[${index}]`);
  });
}

/** Where weights lie in a plane: x = (w − origin) · direction₁, y likewise. */
export function projectOn({ origin, directions }: Plane, weights: readonly Float32Array[]): Path {
  const at = weights.map((vector) => Float64Array.from(vector, (value, index) => value - (origin[index] as number)));
  const [x, y] = directions.map((direction) => at.map((vector) => dot(vector, Float64Array.from(direction))));
  return { x: x ?? [], y: y ?? [] };
}

/** What a grid is laid around. */
interface GridOptions {
  readonly plane: Plane;
  readonly paths: readonly Path[];
  /** Places along each side. */
  readonly resolution: number;
  /** Told the share of the places that are done. */
  readonly tell: (share: number) => void;
}

/**
 * The loss over a grid that holds the paths.
 *
 * @param model its weights are others afterwards
 * @param samples all that were trained on
 */
export async function lossGrid(
  model: Sequential,
  loss: NetworkPlan["loss"],
  samples: Samples,
  { plane, paths, resolution, tell }: GridOptions,
): Promise<Pick<LossSlice, "x" | "y" | "losses">> {
  const [x, y] = [
    placesAround(
      paths.flatMap((path) => path.x),
      resolution,
    ),
    placesAround(
      paths.flatMap((path) => path.y),
      resolution,
    ),
  ];
  const rule = { loss: resolveLoss(loss), metrics: [] };
  const lossAt = async (row: number, column: number) => {
    setWeights(model, pointIn(plane, column, row));
    // All samples at once: the weights may be others by the time that the loss is read.
    const { loss: value } = await measure(model, samples, rule, samples.x.shape[0]);
    return finiteOrNull(value);
  };
  tell(0);
  const places = y.flatMap((row) => x.map((column) => async () => lossAt(row, column)));
  const values: (number | null)[] = [];
  for await (const value of readAhead(places)) {
    values.push(value);
    tell(values.length / places.length);
  }
  return { x, y, losses: y.map((_, row) => values.slice(row * x.length, (row + 1) * x.length)) };
}

function pointIn({ origin, directions: [first, second] }: Plane, x: number, y: number): ParameterVector {
  return plus(plus(Float64Array.from(origin), Float64Array.from(first), x), Float64Array.from(second), y);
}

function setWeights(model: Sequential, weights: ParameterVector): void {
  const values = valuesOf(weights, model.parameters);
  assign(values);
  disposeValues(values);
}

/** Places from beside the least number to beside the largest. */
function placesAround(numbers: readonly number[], count: number): number[] {
  const [least, largest] = [Math.min(...numbers), Math.max(...numbers)];
  const room = margin * (largest - least) || 1;
  const step = (largest - least + 2 * room) / (count - 1);
  return Array.from({ length: count }, (_, index) => least - room + index * step);
}
