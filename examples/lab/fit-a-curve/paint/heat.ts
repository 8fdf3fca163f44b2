import { levelLine } from "./contour.ts";
import type { ramp } from "./palette.ts";

/** Where on a canvas, in its pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

let sheet: HTMLCanvasElement | undefined;

/**
 * Paints numbers of a square grid as colours, from −1 to 1, smoothly, and the line where they pass through 0.
 *
 * @param values row by row; its first and last points lie on the edges of the box
 */
export function paintHeat(
  context: CanvasRenderingContext2D,
  values: Float32Array,
  size: number,
  box: Box,
  { colours, line, lineWidth }: { readonly colours: ReturnType<typeof ramp>; readonly line: string; lineWidth: number },
): void {
  sheet ??= document.createElement("canvas");
  [sheet.width, sheet.height] = [size, size];
  const own = sheet.getContext("2d", { willReadFrequently: true });
  if (own === null) return;
  const image = own.createImageData(size, size);
  values.forEach((value, index) => {
    const colour = colours[Math.round(255 * Math.min(1, Math.max(-1, value))) + 255];
    if (colour !== undefined) image.data.set([...colour, 255], 4 * index);
  });
  own.putImageData(image, 0, 0);
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.width, box.height);
  context.clip();
  const cell = { width: box.width / (size - 1), height: box.height / (size - 1) };
  context.imageSmoothingEnabled = true;
  const place = [box.left - cell.width / 2, box.top - cell.height / 2, cell.width * size, cell.height * size] as const;
  context.drawImage(sheet, ...place);
  context.beginPath();
  for (const [x0, y0, x1, y1] of levelLine(values, size, 0)) {
    context.moveTo(box.left + x0 * cell.width, box.top + y0 * cell.height);
    context.lineTo(box.left + x1 * cell.width, box.top + y1 * cell.height);
  }
  context.strokeStyle = line;
  context.lineWidth = lineWidth;
  context.stroke();
  context.restore();
}
