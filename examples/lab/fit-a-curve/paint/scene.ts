import type uPlot from "uplot";
import { shapes, type Shape } from "../../charts/mark.tsx";
import { edge, type Point } from "../data/point.ts";
import { gridSize, isForValidation } from "../data/rows.ts";
import { paintHeat } from "./heat.ts";
import { ramp, type Palette } from "./palette.ts";

/** What there is to see: the data, and what the network makes of the plane. */
export interface Scene {
  readonly inputs: 1 | 2;
  readonly points: readonly Point[];
  /** The network's output at each point of the grid: a height, or a probability. Undefined before there is one. */
  readonly output: Float32Array | undefined;
}

/** How points look: the classes by shape and colour, those for validation hollow. */
const pointLooks = {
  curve: { shape: "circle", colour: "ink" },
  group0: { shape: "circle", colour: "low" },
  group1: { shape: "triangle", colour: "high" },
} as const satisfies Record<string, { readonly shape: Shape; readonly colour: keyof Palette }>;

/** Below everything: the probability of class B over the plane. */
export function paintSurface(chart: uPlot, { inputs, output }: Scene, palette: Palette): void {
  if (inputs !== 2 || output === undefined) return;
  const { ctx, bbox } = chart;
  const values = output.map((probability) => 2 * probability - 1);
  const look = { colours: ramp(palette), line: palette.ink, lineWidth: 2 * devicePixelRatio };
  paintHeat(ctx, values, gridSize[2], bbox, look);
}

/** Above everything: the curve, and the points. */
export function paintScene(chart: uPlot, scene: Scene, palette: Palette): void {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  if (scene.inputs === 1) paintPoints(chart, scene, palette);
  paintCurve(chart, scene, palette);
  if (scene.inputs === 2) paintPoints(chart, scene, palette);
  ctx.restore();
}

function paintCurve(chart: uPlot, { inputs, output }: Scene, palette: Palette): void {
  if (inputs !== 1 || output === undefined) return;
  const { ctx } = chart;
  ctx.beginPath();
  output.forEach((y, index) => {
    const x = (2 * edge * index) / (output.length - 1) - edge;
    // Far outside a canvas does not draw at all.
    const height = Math.min(10, Math.max(-10, y));
    ctx.lineTo(chart.valToPos(x, "x", true), chart.valToPos(height, "y", true));
  });
  ctx.strokeStyle = palette.high;
  ctx.lineWidth = 3 * devicePixelRatio;
  ctx.lineJoin = "round";
  ctx.stroke();
}

function paintPoints(chart: uPlot, { inputs, points }: Scene, palette: Palette): void {
  const { ctx } = chart;
  points.forEach(({ x, y, group }, index) => {
    const { shape, colour } = lookOf(inputs, group);
    const isHollow = isForValidation(index, points.length);
    ctx.save();
    ctx.translate(chart.valToPos(x, "x", true), chart.valToPos(y, "y", true));
    ctx.scale(1.05 * devicePixelRatio, 1.05 * devicePixelRatio);
    ctx.fillStyle = isHollow ? palette.ground : palette[colour];
    ctx.strokeStyle = isHollow ? palette[colour] : palette.ground;
    ctx.lineWidth = isHollow ? 1.6 : 1;
    ctx.fill(outlineOf(shape));
    ctx.stroke(outlineOf(shape));
    ctx.restore();
  });
}

function lookOf(inputs: 1 | 2, group: 0 | 1) {
  if (inputs === 1) return pointLooks.curve;
  return group === 0 ? pointLooks.group0 : pointLooks.group1;
}

const outlines = new Map<Shape, Path2D>();

function outlineOf(shape: Shape): Path2D {
  const outline = outlines.get(shape) ?? new Path2D(shapes[shape]);
  outlines.set(shape, outline);
  return outline;
}
