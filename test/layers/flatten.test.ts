import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { checkGradients, Sequential } from "rivulet";
import { Dense, Flatten } from "rivulet/layers";
import { describe, expect, it } from "vitest";
import { expectClose } from "../support/expect-close.ts";
import { build, ThroughLayer } from "../support/through-layer.ts";

const sample = [
  [1, 2],
  [3, 4],
  [5, 6],
];

describe("Flatten", () => {
  it("puts a sample's numbers in one row, for Dense to take", async () => {
    const ones = new Dense({ units: 1, kernelInitializer: [[1], [10], [100], [1e3], [1e4], [1e5]] });
    using model = new Sequential([new Flatten(), ones], { inputShape: [3, 2] });
    expect(model.summary()).toContain("| Flatten");
    const output = model.predict([sample, sample]);
    await expectClose(output, [[654321], [654321]]);
    output.dispose();
  });

  it("keeps every number and the batch, whatever the shape", async () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(shapes, async ([batch = 1, ...inputShape]) => {
        const size = inputShape.reduce((product, length) => product * length, 1);
        const layer = build(new Flatten(), inputShape);
        const output = tf.tidy(() => layer.forward(tf.reshape(tf.range(0, batch * size), [batch, ...inputShape])));
        expect(output.shape).toEqual([batch, size]);
        expect([...(await output.data())]).toEqual([...Array(batch * size).keys()]);
        output.dispose();
      }),
      { numRuns: 20 },
    );
  });

  it("has the gradient of central differences", async () => {
    using model = new ThroughLayer(new Flatten(), [sample]);
    const check = await checkGradients(model, [[0]], [[1, 1, 2, 2, 3, 3]], "meanSquaredError");
    expect(check.error).toBeLessThan(1e-3);
    expect(check.passed).toBe(true);
  });

  it("names itself, what it expected and what came", () => {
    const flatten = build(new Flatten(), [3, 2]);
    expect(String(flatten)).toBe("Flatten");
    tf.tidy(() => {
      expect(() => flatten.forward(tf.zeros([4, 6]))).toThrow(
        "Flatten expects input of shape [batch, 3, 2], got [4, 6].",
      );
      expect(() => flatten.forward(tf.zeros([4, 3, 2, 1]))).toThrow(
        "Flatten expects input of shape [batch, 3, 2], got [4, 3, 2, 1].",
      );
      expect(() => new Flatten().forward(tf.zeros([1, 3]))).toThrow(
        "Flatten has no input yet: it is built when a model takes the layer.",
      );
    });
  });

  it("reads what it writes, and refuses channels that come first", () => {
    const saved = build(new Flatten(), [3, 2]).toSaved();
    expect(saved).toEqual({ className: "Flatten", config: { data_format: "channels_last" } });
    expect(Flatten.fromSaved(saved.config)).toBeInstanceOf(Flatten);
    expect(Flatten.fromSaved({})).toBeInstanceOf(Flatten);
    expect(() => Flatten.fromSaved({ data_format: "channels_first" })).toThrow(
      'A saved Flatten expects data_format to be "channels_last", got "channels_first".',
    );
  });

  it("is saved as a Reshape where there is nothing to flatten: tfjs-layers' Flatten refuses that", () => {
    expect(build(new Flatten(), [3]).toSaved()).toEqual({ className: "Reshape", config: { target_shape: [3] } });
    expect(build(new Flatten(), []).toSaved()).toEqual({ className: "Reshape", config: { target_shape: [1] } });
  });
});
