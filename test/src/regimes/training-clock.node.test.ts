import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TrainingClock } from "../../../src/regimes/training-clock.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

/** A step that takes so many milliseconds. */
function step(clock: TrainingClock, milliseconds: number, isTraced = false): void {
  clock.go(isTraced);
  vi.advanceTimersByTime(milliseconds);
  clock.hold();
}

describe("the clock of a training", () => {
  it("runs during steps alone", () => {
    const clock = new TrainingClock();
    step(clock, 10);
    vi.advanceTimersByTime(5000);
    step(clock, 30);
    expect(clock.secondsAt(clock.now)).toBe(0.04);
    expect(clock.stepsPerSecond).toBe(50);
  });

  it("sets the time of traced steps apart, and counts each like the mean of the others", () => {
    const clock = new TrainingClock();
    step(clock, 500, true);
    const afterFirst = clock.now;
    step(clock, 10);
    step(clock, 30);
    expect(clock.tracingSeconds).toBe(0.5);
    expect(clock.secondsAt(afterFirst)).toBe(0.02);
    expect(clock.secondsAt(clock.now)).toBe(0.06);
    expect(clock.stepsPerSecond).toBe(50);
  });

  it("goes by traced steps where there are no others", () => {
    const clock = new TrainingClock();
    expect(clock.stepsPerSecond).toBeUndefined();
    step(clock, 500, true);
    expect(clock.secondsAt(clock.now)).toBe(0.5);
    expect(clock.stepsPerSecond).toBeUndefined();
  });
});
