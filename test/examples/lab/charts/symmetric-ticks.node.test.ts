import { describe, expect, it } from "vitest";
import { symmetricTicks } from "../../../../examples/lab/charts/symmetric-ticks.ts";

const texts = (most: number) => symmetricTicks(most).map(({ text }) => text);

describe("the ticks of an axis about 0", () => {
  it.each([
    [1.15, ["−1.0", "−0.5", "0.0", "0.5", "1.0"]],
    [0.33, ["−0.2", "0.0", "0.2"]],
    [8, ["−5", "0", "5"]],
    [2, ["−2", "−1", "0", "1", "2"]],
    [115, ["−100", "−50", "0", "50", "100"]],
    [0.0023, ["−0.002", "−0.001", "0.000", "0.001", "0.002"]],
    [2.3e-7, ["−2e−7", "−1e−7", "0", "1e−7", "2e−7"]],
    [4.6e6, ["−4e6", "−2e6", "0", "2e6", "4e6"]],
  ])("are round numbers up to %d", (most, written) => {
    expect(texts(most)).toEqual(written);
  });

  it("lie where they are written, within the axis, and evenly about 0", () => {
    for (let most = 1e-9; most < 1e9; most *= 1.37) {
      const ticks = symmetricTicks(most);
      const at = ticks.map((tick) => tick.at);
      expect(at).toEqual(at.toReversed().map((each) => 0 - each));
      expect(Math.max(...at)).toBeLessThanOrEqual(most);
      expect(at.length).toBeGreaterThanOrEqual(3);
      expect(at.length).toBeLessThanOrEqual(7);
      for (const tick of ticks) {
        const read = Number(tick.text.replaceAll("−", "-"));
        // Written to a digit: a multiple of a power of ten is no binary fraction.
        expect(Math.abs(read - tick.at)).toBeLessThanOrEqual(1e-9 * most);
      }
    }
  });
});
