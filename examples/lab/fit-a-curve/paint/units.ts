import { gridSize } from "../data/rows.ts";
import { paintHeat, type Box } from "./heat.ts";
import { ramp, type Palette } from "./palette.ts";

/** In CSS pixels. */
const side = 52;
const gap = 6;

/**
 * Paints small pictures side by side, in as many lines as the width asks for: curves of one input, colours of two. Each
 * is scaled by itself, with 0 in the middle.
 *
 * @param units of each unit its output over the grid
 */
export function paintUnits(
  canvas: HTMLCanvasElement,
  units: readonly Float32Array[],
  inputs: 1 | 2,
  palette: Palette,
  width: number,
): void {
  const across = Math.max(1, Math.floor((width + gap) / (side + gap)));
  const lines = Math.ceil(units.length / across);
  resize(canvas, width, lines * (side + gap) - gap);
  const context = canvas.getContext("2d");
  if (context === null) return;
  context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  context.clearRect(0, 0, width, canvas.height);
  const colours = ramp(palette);
  units.forEach((values, index) => {
    const left = (index % across) * (side + gap);
    const box = { left, top: Math.floor(index / across) * (side + gap), width: side, height: side };
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
    const scaled = values.map((value) => value / largest);
    context.fillStyle = palette.ground;
    context.fillRect(box.left, box.top, side, side);
    if (inputs === 2) paintHeat(context, scaled, gridSize[2], box, { colours, line: palette.ink, lineWidth: 1 });
    else paintCurve(context, scaled, box, palette);
    context.strokeStyle = palette.line;
    context.lineWidth = 1;
    context.strokeRect(box.left + 0.5, box.top + 0.5, side - 1, side - 1);
  });
}

function resize(canvas: HTMLCanvasElement, width: number, height: number): void {
  const [wide, high] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)];
  if (canvas.width === wide && canvas.height === high) return;
  [canvas.width, canvas.height] = [wide, high];
  [canvas.style.width, canvas.style.height] = [`${width}px`, `${height}px`];
}

function paintCurve(context: CanvasRenderingContext2D, values: Float32Array, box: Box, palette: Palette): void {
  const middle = box.top + box.height / 2;
  context.beginPath();
  context.moveTo(box.left, middle);
  context.lineTo(box.left + box.width, middle);
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  context.stroke();
  context.beginPath();
  values.forEach((value, index) => {
    const x = box.left + (box.width * index) / (values.length - 1);
    context.lineTo(x, middle - value * 0.42 * box.height);
  });
  context.strokeStyle = palette.high;
  context.lineWidth = 2;
  context.stroke();
}
