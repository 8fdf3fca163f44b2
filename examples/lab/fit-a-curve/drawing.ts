import { computed, signal } from "@preact/signals";
import { inputsOf } from "./data/datasets.ts";
import { mostPoints } from "./data/encode-points.ts";
import { edge, rounded, type Point } from "./data/point.ts";
import { setPoints, state } from "./state.ts";
import { points } from "./task.ts";

/** What a click does to the data. */
export const tools = { 1: ["point", "erase"], 2: ["group0", "group1", "erase"] } as const;
export type Tool = (typeof tools)[1 | 2][number];

const chosen = signal<Tool>("point");

/** The tool in hand: one that fits the data. */
export const tool = computed<Tool>(() => {
  const fitting: readonly Tool[] = tools[inputsOf(state.value.data)];
  return fitting.includes(chosen.value) ? chosen.value : (fitting[0] ?? "point");
});

export function chooseTool(next: Tool): void {
  chosen.value = next;
}

/** The points while somebody draws; the training begins anew only when they have done. */
const draft = signal<readonly Point[] | undefined>();

/** The points as they are seen. */
export const seenPoints = computed(() => draft.value ?? points.value);

/** Whether there is no room for another point. */
export const isFull = signal(false);

/** Points along a stroke are this far apart at least, and this near is meant by erasing. */
const spacing = 0.05;
const reach = 0.08;

/** Does what the tool in hand does, at a place of the chart. */
export function drawAt(x: number, y: number, by: Tool = tool.value): void {
  const now = seenPoints.value;
  const inside = { x: clamp(x), y: clamp(y) };
  if (by === "erase") {
    const nearest = now.reduce((best, point) => (away(point, inside) < away(best, inside) ? point : best), far);
    if (away(nearest, inside) <= reach) draft.value = now.filter((point) => point !== nearest);
    return;
  }
  isFull.value = now.length >= mostPoints;
  if (!isFull.value) draft.value = [...now, rounded({ ...inside, group: by === "group1" ? 1 : 0 })];
}

/** As `drawAt`, on the way of a stroke: not too near to the last place. @returns the last place now */
export function drawOn(last: Place | undefined, place: Place): Place {
  if (last !== undefined && away(last, place) < spacing) return last;
  drawAt(place.x, place.y);
  return place;
}

/** Has the network learn what was drawn. */
export function endDrawing(): void {
  const drawn = draft.value;
  draft.value = undefined;
  const { data, axes } = state.value;
  const isOwn = data === "curve" || data === "classes";
  if (drawn !== undefined) setPoints(inputsOf(data), drawn, isOwn ? axes : null);
}

/** Forgets what was drawn since the last end. */
export function dropDrawing(): void {
  draft.value = undefined;
}

export function clearPoints(): void {
  isFull.value = false;
  setPoints(inputsOf(state.value.data), [], null);
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

const far: Point = { x: Infinity, y: Infinity, group: 0 };

function away(a: Place, b: Place): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function clamp(value: number): number {
  return Math.min(edge, Math.max(-edge, value));
}
