import { DivergenceError } from "rivulet";
import { describe, expect, it } from "vitest";
import { descend, slopeAt, stepsToAMillion, sweepRates, tryRate } from "../../../examples/worked/01-derivative.ts";
import { expectRelative } from "./expect-relative.ts";

describe("W1: derivative, and one step of descent", () => {
  it.each([
    [1, -2],
    [2.5, 1],
  ])("has at x = %d the slope %d", async (x, slope) => {
    expectRelative(await slopeAt(x), slope);
  });

  it.each([
    [1, 1, 3],
    [2.5, 1, 1.5],
    [1, 0.1, 1.2],
    [2.5, 0.1, 2.4],
  ])("steps from %d with the rate %d to %d", async (x, learningRate, next) => {
    expectRelative(await descend(x, learningRate, 1), [x, next]);
  });

  it("comes to 2 in 100 steps", async () => {
    const path = await descend(1, 0.1, 100);
    expect(path).toHaveLength(101);
    expectRelative(path.at(-1) ?? NaN, 1.9999999997962963, 1e-5);
  });

  it("takes as many steps as each learning rate needs", async () => {
    const rates = await sweepRates();
    expect(rates.map(({ learningRate, steps }) => [learningRate, steps])).toEqual([
      [0.01, 342],
      [0.1, 31],
      [0.4, 5],
      [0.5, 1],
      [0.9, 31],
      [1, undefined],
      [1.1, undefined],
    ]);
  });

  it("zig-zags with 0.9: from side to side of 2, nearer each time", async () => {
    const path = await descend(1, 0.9, 31);
    path.forEach((x, step) => expect(Math.sign(x - 2)).toBe(step % 2 === 0 ? -1 : 1));
  });

  it("bounces between 1 and 3 for ever with 1", async () => {
    const path = await descend(1, 1, 400);
    path.forEach((x, step) => expect(x).toBe(step % 2 === 0 ? 1 : 3));
    expect((await tryRate(1)).divergence).toBeUndefined();
  });

  it("diverges with 1.1: past a million after 76 steps, and then ends with a message", async () => {
    expect(await stepsToAMillion(1.1)).toBe(76);
    // |x − 2| = 1.2ⁿ, and its square passes float32's largest number, 3.4e38, at n = 244: 1.2^488 = 4.4e38.
    const message =
      /^The descent diverged: after 244 steps the value is Infinity\..*Try a smaller learning rate \(now 1\.1\)/;
    expect((await tryRate(1.1)).divergence).toMatch(message);
    const run = descend(1, 1.1, 1000);
    await expect(run).rejects.toThrow(DivergenceError);
    await expect(run).rejects.toMatchObject({ path: { length: 245 }, parameter: "the point" });
  });
});
