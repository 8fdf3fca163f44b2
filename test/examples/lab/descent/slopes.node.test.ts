import { describe, expect, it } from "vitest";
import { readFormula } from "../../../../examples/lab/descent/formula/function.ts";
import { polar, slopeAt, slopesAround } from "../../../../examples/lab/descent/slopes.ts";
import { expectClose } from "../../../support/expect-close.ts";

function logarithm() {
  const read = readFormula("ln(x^2 + y^2)");
  if (!("f" in read)) throw new Error("W10's function is a formula.");
  return read.f;
}

describe("W10, the directional derivative", () => {
  it("is the gradient's length along it, nothing across it, and its opposite against it", async () => {
    const { length, angle } = polar([0.4, 0.8]);
    const slopes = [];
    for (const turn of [0, 90, 180]) slopes.push(await slopeAt(logarithm(), [1, 2], angle + turn));
    await expectClose(slopes, [length, 0, -length]);
    await expectClose([length, angle], [Math.sqrt(0.8), 63.43494882292201]);
  });

  it("is largest in the direction nearest the gradient's", async () => {
    const slopes = (await slopesAround(logarithm(), [1, 2], new AbortController().signal)) ?? [];
    expect(slopes).toHaveLength(37);
    expect(slopes.indexOf(Math.max(...slopes))).toBe(6);
    expect(slopes.indexOf(Math.min(...slopes))).toBe(24);
  });

  it("is no longer looked for once nobody waits", async () => {
    expect(await slopesAround(logarithm(), [1, 2], AbortSignal.abort())).toBeUndefined();
  });
});
