import { directionalDerivative, gradient } from "rivulet";
import { describe, expect, it } from "vitest";
import { readFormula } from "../../../../examples/lab/descent/formula/function.ts";
import { objectiveOf } from "../../../../examples/lab/descent/functions.ts";
import { polar, slopeAlong } from "../../../../examples/lab/descent/slopes.ts";
import { expectClose } from "../../../support/expect-close.ts";

function logarithm() {
  const read = readFormula("ln(x^2 + y^2)");
  if (!("f" in read)) throw new Error("W10's function is a formula.");
  return objectiveOf(read.f);
}

describe("W10, the directional derivative", () => {
  it("is the gradient's length along it, nothing across it, and its opposite against it", async () => {
    const { length, angle } = polar([0.4, 0.8]);
    const slopes = [0, 90, 180].map((turn) => slopeAlong([0.4, 0.8], angle + turn));
    await expectClose(slopes, [length, 0, -length]);
    await expectClose([length, angle], [Math.sqrt(0.8), 63.43494882292201]);
  });

  it("is the library's in every direction, of the library's gradient", async () => {
    const at = gradient(logarithm())([1, 2]);
    const found = [...(await at.data())];
    at.dispose();
    for (let angle = 0; angle < 360; angle += 30) {
      const radians = (angle * Math.PI) / 180;
      const slope = directionalDerivative(logarithm(), [1, 2], [Math.cos(radians), Math.sin(radians)]);
      await expectClose([slopeAlong(found, angle)], [...(await slope.data())]);
      slope.dispose();
    }
  });

  it("is no number where there is no gradient", () => {
    expect(slopeAlong([], 30)).toBeNaN();
    expect(slopeAlong([NaN, 1], 30)).toBeNaN();
  });
});
