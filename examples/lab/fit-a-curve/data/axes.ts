import * as z from "zod/mini";

/** What the columns of a file were called, and what they ranged over before they were scaled to [−1, 1]. */
export interface Axes {
  readonly x: AxisRange;
  readonly y: AxisRange;
  /** What the two classes are called; empty for a curve. */
  readonly groups: readonly string[];
}

export interface AxisRange {
  readonly name: string;
  readonly least: number;
  readonly most: number;
}

/** Longer names are cut off. */
export const longestName = 24;

/** A coordinate in [−1, 1] as the file had it. */
export function unscaled({ least, most }: AxisRange, value: number): number {
  return least + ((value + 1) / 2) * (most - least);
}

const name = z.string().check(z.maxLength(longestName));
const range = z.tuple([name, z.number(), z.number()]).check(z.refine(([, least, most]) => least < most));
const written = z.union([z.tuple([range, range]), z.tuple([range, range, name, name])]);

/** As JSON: `[["km",0,120],["fare",3,40]]`, and the two classes' names after that; empty where no file was read. */
export function encodeAxes(axes: Axes | null): string {
  if (axes === null) return "";
  const { x, y, groups } = axes;
  return JSON.stringify([[x.name, x.least, x.most], [y.name, y.least, y.most], ...groups]);
}

/** Whether `decodeAxes` can read a text. */
export function isEncodedAxes(text: string): boolean {
  return text === "" || read(text) !== undefined;
}

/** @throws Error where `isEncodedAxes` says no */
export function decodeAxes(text: string): Axes | null {
  if (text === "") return null;
  const parts = read(text);
  if (parts === undefined) throw new Error(`No axes are written as ${text}.`);
  const [x, y, ...groups] = parts;
  return { x: rangeOf(x), y: rangeOf(y), groups };
}

function read(text: string): z.infer<typeof written> | undefined {
  try {
    return written.safeParse(JSON.parse(text)).data;
  } catch {
    // It is no JSON.
    return undefined;
  }
}

function rangeOf([column, least, most]: z.infer<typeof range>): AxisRange {
  return { name: column, least, most };
}
