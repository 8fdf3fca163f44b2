import { describe, expect, it } from "vitest";
import { StepClock } from "../../../../examples/lab/descent/step-clock.ts";

/** The steps that are taken when the clock is looked at every so many ms, for ten seconds. */
function stepsIn10Seconds(perSecond: number, every: number): number {
  const clock = new StepClock(0);
  let steps = 0;
  for (let look = 1; look * every <= 10_000.001; look++) steps += clock.take(look * every, perSecond);
  return steps;
}

describe("the clock of a run", () => {
  it("loses no part of a step, however often it is looked at", () => {
    expect(stepsIn10Seconds(60, 1000 / 60)).toBe(600);
    expect(stepsIn10Seconds(15, 1000 / 60)).toBe(150);
    expect(stepsIn10Seconds(60, 25)).toBe(600);
    expect(stepsIn10Seconds(4, 250)).toBe(40);
    expect(stepsIn10Seconds(1, 16)).toBe(10);
  });

  it("takes several steps at once after it was not looked at", () => {
    const clock = new StepClock(1000);
    expect(clock.take(1010, 60)).toBe(0);
    expect(clock.take(1500, 60)).toBe(30);
    expect(clock.take(1500, 60)).toBe(0);
  });

  it("never goes back: a frame's time may lie before the start", () => {
    const clock = new StepClock(1000);
    expect(clock.take(900, 60)).toBe(0);
    expect(clock.take(1250, 4)).toBe(1);
  });
});
