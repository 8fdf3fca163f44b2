import { useLayoutEffect, useRef } from "preact/hooks";
import { useWidth } from "../charts/use-width.ts";
import { texts } from "../shell/language.ts";
import { colourChanges } from "../shell/theme.ts";
import { paletteOf } from "./paint/palette.ts";
import { paintUnits } from "./paint/units.ts";
import { shown, type Shown } from "./run.ts";

/** More would be too many to look at. */
const most = 16;

/** What each hidden unit makes of the inputs, as small pictures that move. */
export function UnitPictures() {
  const { hidden } = texts.value.fit;
  if (shown.value === undefined) return null;
  const { task } = shown.value;
  return (
    <section class="fit-hidden">
      <h2>{hidden.title}</h2>
      <p class="fit-note">{task.hidden.length === 0 ? hidden.none : hidden.explanation[task.inputs]}</p>
      {task.hidden.map((units, layer) => (
        <LayerPictures key={layer} layer={layer} units={units} now={shown.value} />
      ))}
    </section>
  );
}

interface LayerProps {
  readonly layer: number;
  readonly units: number;
  readonly now: Shown | undefined;
}

function LayerPictures({ layer, units, now }: LayerProps) {
  const { hidden } = texts.value.fit;
  const { ref, width } = useWidth<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const colours = colourChanges.value;
  const palette = useRef<ReturnType<typeof paletteOf>>();
  useLayoutEffect(() => {
    if (ref.current !== null) palette.current = paletteOf(ref.current);
  }, [colours]);
  useLayoutEffect(() => {
    if (canvas.current === null || now === undefined || palette.current === undefined) return;
    const { frame, task } = now;
    const first = task.hidden.slice(0, layer).reduce((sum, count) => sum + count, 0);
    const columns = Array.from({ length: Math.min(most, task.hidden[layer] ?? 0) }, (_, unit) =>
      Float32Array.from(
        { length: frame.outputs.length / frame.columns },
        (_point, index) => frame.outputs[index * frame.columns + first + unit] ?? NaN,
      ),
    );
    paintUnits(canvas.current, columns, task.inputs, palette.current, width);
  });
  const name = hidden.layer(layer + 1, units) + (units > most ? `, ${hidden.first(most)}` : "");
  return (
    <figure class="fit-layer">
      <figcaption>{name}</figcaption>
      <div ref={ref}>
        <canvas ref={canvas} role="img" aria-label={name} />
      </div>
    </figure>
  );
}
