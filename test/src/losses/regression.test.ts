import { meanAbsoluteError } from "rivulet";
import { describe, expect, it } from "vitest";
import { huber } from "../../../src/losses/regression.ts";
import { lossAt } from "../../support/loss-at.ts";

describe("meanAbsoluteError", () => {
  it("has slope 0 where target and prediction meet, as Keras and PyTorch", async () => {
    const { slope } = await lossAt(meanAbsoluteError, [[2], [2]], [[2], [3]]);
    expect(slope).toEqual([[0], [0.5]]);
  });
});

describe("huber", () => {
  it("is half the square up to δ, and a line beyond", async () => {
    // ½ 0.25, ½ 1 (on δ = 1), 2 − ½, each a quarter of the mean with 0
    const target = [[0], [0], [0], [0]];
    const { value, slope } = await lossAt(huber, target, [[0], [0.5], [-1], [2]]);
    expect(value).toBe((0.125 + 0.5 + 1.5) / 4);
    expect(slope).toEqual([[0], [0.125], [-0.25], [0.25]]);
  });

  it("takes another δ in a loss of one's own", async () => {
    // ½ 1 and 2 · 5 − ½ 4
    const wide = await lossAt((y, a, w) => huber(y, a, w, 2), [[0], [0]], [[1], [5]]);
    expect(wide.value).toBe((0.5 + 8) / 2);
    expect(wide.slope).toEqual([[0.5], [1]]);
  });

  it.each([0, -1, NaN, Infinity, "1"])("refuses δ = %s", async (delta) => {
    const loss = lossAt((y, a) => huber(y, a, undefined, delta as number), [[0]], [[1]]);
    const shown = typeof delta === "string" ? `"${delta}"` : delta;
    await expect(loss).rejects.toThrow(`huber expects delta to be a finite number above 0, got ${shown}.`);
  });
});
