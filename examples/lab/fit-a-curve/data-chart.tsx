import { useLayoutEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "../charts/line-chart.css";
import { useWidth } from "../charts/use-width.ts";
import { texts } from "../shell/language.ts";
import { colourChanges } from "../shell/theme.ts";
import { significant } from "../texts/numbers.ts";
import { unscaled, type AxisRange } from "./data/axes.ts";
import { inputsOf } from "./data/datasets.ts";
import { edge } from "./data/point.ts";
import { seenPoints } from "./drawing.ts";
import { Pad } from "./pad.tsx";
import { paletteOf } from "./paint/palette.ts";
import { paintScene, paintSurface, type Scene } from "./paint/scene.ts";
import { shown } from "./run.ts";
import { state } from "./state.ts";
import { fewestPoints } from "./task.ts";

/** Where the plane lies in the chart, in pixels from each side: the styles lay the pad over it. */
const margins = { left: 58, bottom: 44, other: 12 } as const;

/** The plane's height as a part of its width. */
const ratios = { 1: 0.62, 2: 1 } as const;

/** The data and what the network makes of it, thirty pictures a second; points are drawn on it. */
export function DataChart() {
  const { ref, width } = useWidth<HTMLDivElement>();
  const { axes, data } = state.value;
  const inputs = inputsOf(data);
  const scene = useRef<Scene>({ inputs, points: [], output: undefined });
  scene.current = { inputs, points: seenPoints.value, output: outputFor(inputs) };
  const chart = useRef<uPlot>();
  const height = Math.round((width - margins.left - margins.other) * ratios[inputs]) + margins.bottom + margins.other;
  const [nameX, nameY] = axes === null ? (inputs === 1 ? ["x", "y"] : ["x₁", "x₂"]) : [axes.x.name, axes.y.name];
  const appearance = JSON.stringify([axes, nameX, nameY, colourChanges.value]);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null || width === 0) return undefined;
    const x = { label: nameX, range: axes?.x };
    const y = { label: nameY, range: axes?.y };
    chart.current = new uPlot(
      optionsFor(element, x, y, () => scene.current, { width, height }),
      frame,
      element,
    );
    return () => chart.current?.destroy();
  }, [appearance, width > 0]);
  useLayoutEffect(() => {
    if (width > 0) chart.current?.setSize({ width, height });
  }, [width, height]);
  useLayoutEffect(() => chart.current?.redraw(false, false));
  return (
    <div class="fit-chart" style={{ height: `${height}px` }} data-points={scene.current.points.length}>
      <div ref={ref} role="img" aria-label={describe(scene.current)} />
      <Pad />
      <Hint count={scene.current.points.length} />
    </div>
  );
}

/** What the network makes of the grid, if what it last trained has as many inputs as what is shown. */
function outputFor(inputs: 1 | 2): Float32Array | undefined {
  if (shown.value?.task.inputs !== inputs) return undefined;
  const { outputs, columns } = shown.value.frame;
  return Float32Array.from(
    { length: outputs.length / columns },
    (_, index) => outputs[(index + 1) * columns - 1] ?? NaN,
  );
}

function describe({ inputs, points }: Scene): string {
  const { chart } = texts.value.fit;
  const epoch = shown.value?.frame.epoch ?? 0;
  return inputs === 1 ? chart.curve(points.length, epoch) : chart.classes(points.length, epoch);
}

function Hint({ count }: { readonly count: number }) {
  const { chart } = texts.value.fit;
  if (count >= fewestPoints) return null;
  return <p class="fit-hint">{count === 0 ? chart.empty : chart.fewer(fewestPoints)}</p>;
}

/** Two points that nobody sees: uPlot draws its axes where there is data. */
const frame: uPlot.AlignedData = [
  [-edge, edge],
  [null, null],
];

interface ShownAxis {
  readonly label: string | undefined;
  readonly range: AxisRange | undefined;
}

function optionsFor(
  element: HTMLElement,
  x: ShownAxis,
  y: ShownAxis,
  sceneNow: () => Scene,
  size: { readonly width: number; readonly height: number },
): uPlot.Options {
  const palette = paletteOf(element);
  const axis = ({ label, range }: ShownAxis, whole: number): uPlot.Axis => ({
    label: label ?? "",
    stroke: palette.soft,
    font: palette.font,
    labelFont: palette.font,
    labelSize: 18,
    size: whole - 18,
    grid: { stroke: palette.line, width: 1 },
    ticks: { stroke: palette.line },
    values: (_, splits) => splits.map((at) => significant(range === undefined ? at : unscaled(range, at), 3)),
  });
  const { other } = margins;
  return {
    ...size,
    padding: [other, other, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, range: [-edge, edge] }, y: { range: [-edge, edge] } },
    axes: [axis(x, margins.bottom), axis(y, margins.left)],
    series: [{}, { show: false }],
    hooks: {
      drawClear: [(chart) => paintSurface(chart, sceneNow(), palette)],
      draw: [(chart) => paintScene(chart, sceneNow(), palette)],
    },
  };
}
