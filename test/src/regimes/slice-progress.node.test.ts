import type { ComparisonProgress } from "rivulet";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sliceProgress } from "../../../src/regimes/slice-progress.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("sliceProgress", () => {
  it("tells ten times a second, and what is left from what the places took", () => {
    const told: ComparisonProgress[] = [];
    const tell = sliceProgress({ done: 4, total: 4 }, 100, (progress) => told.push(progress));
    for (let place = 0; place <= 100; place++) {
      tell(place / 100);
      vi.advanceTimersByTime(20);
    }
    expect(told.map(({ share }) => share)).toEqual(Array.from({ length: 21 }, (_, index) => index / 20));
    // Nothing is known yet: half a millisecond a place.
    expect(told[0]?.secondsLeft).toBe(0.05);
    expect(told.slice(1).map(({ secondsLeft }) => Math.round(1000 * secondsLeft))).toEqual(
      Array.from({ length: 20 }, (_, index) => 1900 - 100 * index),
    );
  });

  it("is quiet where nobody listens", () => {
    expect(() => sliceProgress({ done: 4, total: 4 }, 100, undefined)(0)).not.toThrow();
  });
});
