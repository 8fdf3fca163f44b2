import * as tf from "@tensorflow/tfjs-core";
import { checkGradients, Sequential } from "rivulet";
import { LayerNorm, type LayerNormOptions } from "rivulet/layers";
import { describe, expect, it } from "vitest";
import { expectClose } from "../support/expect-close.ts";
import { build, ThroughLayer } from "../support/through-layer.ts";

const x = [
  [1, 2, 6],
  [3, 3, 3],
];

describe("LayerNorm", () => {
  it("centres and scales each sample over its features, γ and β applied", async () => {
    using model = new Sequential([new LayerNorm({ epsilon: 0.5 })], { inputShape: [3] });
    model.setWeights([
      [1, 2, 3],
      [10, 20, 30],
    ]);
    const output = model.predict(x);
    // μ = 3, σ² = (4 + 1 + 9) / 3; a sample of one value is 0 once centred.
    const deviation = Math.sqrt(14 / 3 + 0.5);
    await expectClose(output, [
      [10 - 2 / deviation, 20 - 2 / deviation, 30 + 9 / deviation],
      [10, 20, 30],
    ]);
    output.dispose();
  });

  it("works along the last axis of any shape, and along a single feature", async () => {
    using model = new Sequential([new LayerNorm()], { inputShape: [2, 3] });
    const output = model.predict([x]);
    const deviation = Math.sqrt(14 / 3 + 1e-3);
    await expectClose(output, [
      [
        [-2 / deviation, -1 / deviation, 3 / deviation],
        [0, 0, 0],
      ],
    ]);
    using single = new Sequential([new LayerNorm()], { inputShape: [1] });
    const zero = single.predict([[5]]);
    await expectClose(zero, [[0]]);
    tf.dispose([output, zero]);
  });

  it("has the gradient of central differences", async () => {
    const layer = new LayerNorm();
    using model = new ThroughLayer(layer, [
      [1, 2, 6],
      [0.5, -1, 0.25],
    ]);
    const target = [
      [1, 0, 0],
      [0, 1, 1],
    ];
    const check = await checkGradients(model, target, target, "meanSquaredError");
    expect(check.parameters.map(({ name }) => name)).toEqual(["input", "gamma", "beta"]);
    expect(check.error).toBeLessThan(1e-3);
    expect(check.passed).toBe(true);
  });

  it("goes without γ and β where told to", () => {
    expect(build(new LayerNorm({ center: false, scale: false }), [2]).parameters).toEqual([]);
  });

  it("names itself, what it expected and what came", () => {
    const layer = new LayerNorm({ axis: 1 });
    using model = new Sequential([layer], { inputShape: [3] });
    expect(String(layer)).toBe("LayerNorm(3)");
    tf.tidy(() => {
      expect(() => model.forward(tf.zeros([2, 4]))).toThrow(
        "LayerNorm(3) expects input of shape [batch, 3], got [2, 4].",
      );
    });
    expect(() => build(new LayerNorm(), [])).toThrow("LayerNorm expects an input [batch, …, features], got [batch].");
  });

  it.each([
    [{ epsilon: -1 }, "LayerNorm expects epsilon to be a finite number above 0, got -1."],
    [{ momentum: 0.9 }, 'LayerNorm has no option "momentum". Did you mean "center"?'],
  ])("refuses %o", (options, message) => {
    expect(() => new LayerNorm(options as LayerNormOptions)).toThrow(message);
  });

  it("reads what it writes, and refuses what rivulet would compute otherwise", () => {
    const saved = new LayerNorm({ epsilon: 0.01, center: false }).toSaved();
    const config = { axis: -1, epsilon: 0.01, center: false, scale: true };
    expect(saved).toEqual({ className: "LayerNormalization", config });
    expect(LayerNorm.fromSaved(saved.config).toSaved()).toEqual(saved);
    expect(LayerNorm.fromSaved({ axis: [1] }).epsilon).toBe(1e-3);
    expect(() => LayerNorm.fromSaved({ epsilon: "1" })).toThrow(
      "LayerNorm expects epsilon to be a finite number above 0",
    );
    expect(() => LayerNorm.fromSaved({ rms_scaling: true })).toThrow(
      'A saved LayerNormalization holds "rms_scaling": true, which rivulet does not have.',
    );
  });
});
