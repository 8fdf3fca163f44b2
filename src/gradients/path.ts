import type { NestedNumbers } from "../nested-numbers.ts";

/** Where a descent stands before a step: numbers of the start's shape. */
export interface PathPoint<Point extends NestedNumbers = NestedNumbers> {
  readonly step: number;
  readonly point: Point;
  readonly value: number;
  readonly gradient: Point;
}
