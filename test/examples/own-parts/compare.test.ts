import { describe, expect, it } from "vitest";
import { choices, train } from "../../../examples/own-parts/compare.ts";
import { drawCurve } from "../../../examples/own-parts/curve.ts";

const whole = drawCurve(1);
const few = { training: { x: whole.training.x.slice(0, 64), y: whole.training.y.slice(0, 64) }, test: whole.test };

describe("a layer, a loss and a rule of one's own", () => {
  it.each(choices.map((parts) => [parts.name, parts] as const))(
    "are compiled as rivulet's are: %s",
    async (_, parts) => {
      const compiled = await train(parts, few, { seed: 1, epochs: 3 });
      const written = await train(parts, few, { seed: 1, epochs: 3, compile: false });
      expect(compiled.history.params).toMatchObject({ compiled: true });
      expect(written.history.params).toMatchObject({ compiled: false, notCompiled: "compile was set to false" });
      for (const [epoch, loss] of (compiled.history.history["loss"] ?? []).entries()) {
        // Six steps apart, roundings of numbers about 1; a rule that steps by signs makes more of them.
        expect(Math.abs(loss - (written.history.history["loss"]?.[epoch] ?? NaN))).toBeLessThan(1e-4);
      }
    },
  );
});

describe("the curve", () => {
  it("is the same from the same seed, a tenth of it off the mark", () => {
    expect(drawCurve(1)).toEqual(whole);
    const { x, y } = whole.training;
    const wild = y.filter(([value = 0], index) => value !== Math.sin(3 * (x[index]?.[0] ?? NaN)));
    expect(wild.length).toBeGreaterThan(30);
    expect(wild.length).toBeLessThan(75);
  });
});
