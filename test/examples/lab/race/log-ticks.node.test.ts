import { expect, it } from "vitest";
import { logTicks } from "../../../../examples/lab/race/log-ticks.ts";

it("has lines at powers of ten where there are many, else also between", () => {
  expect(logTicks({ least: 0.00095, most: 12 })).toEqual([0.001, 0.01, 0.1, 1, 10]);
  expect(logTicks({ least: 0.03, most: 1.2 })).toEqual([0.05, 0.1, 0.2, 0.5, 1]);
});
