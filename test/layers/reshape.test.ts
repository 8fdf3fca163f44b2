import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { checkGradients, Sequential } from "rivulet";
import { Flatten, Reshape } from "rivulet/layers";
import { describe, expect, it } from "vitest";
import { expectClose } from "../support/expect-close.ts";
import { build, ThroughLayer } from "../support/through-layer.ts";

describe("Reshape", () => {
  it("gives each sample another shape, row by row", async () => {
    const reshape = new Reshape({ targetShape: [2, 3] });
    using model = new Sequential([reshape], { inputShape: [6] });
    expect(model.outputShape).toEqual([2, 3]);
    expect(String(reshape)).toBe("Reshape([2, 3])");
    const output = model.predict([[1, 2, 3, 4, 5, 6]]);
    await expectClose(output, [
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ]);
    output.dispose();
  });

  it("finds what −1 stands for, and undoes Flatten, whatever the shape", async () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(shapes, fc.nat(), async (inputShape, place) => {
        const targetShape = inputShape.with(place % inputShape.length, -1);
        const layers = [new Flatten(), new Reshape({ targetShape })];
        using model = new Sequential(layers, { inputShape });
        expect(model.outputShape).toEqual(inputShape);
        const x = tf.tidy(() => tf.reshape(tf.range(0, tf.util.sizeFromShape(inputShape)), [1, ...inputShape]));
        const output = model.predict(x);
        expect(await output.array()).toEqual(await x.array());
        tf.dispose([x, output]);
      }),
      { numRuns: 20 },
    );
  });

  it("makes a sample of one number a number", async () => {
    using model = new Sequential([new Reshape({ targetShape: [] })], { inputShape: [1] });
    const output = model.predict([[3], [4]]);
    await expectClose(output, [3, 4]);
    output.dispose();
  });

  it("has the gradient of central differences", async () => {
    using model = new ThroughLayer(new Reshape({ targetShape: [2, -1] }), [[1, 2, 3, 4]]);
    const target = [
      [
        [1, 1],
        [2, 2],
      ],
    ];
    const check = await checkGradients(model, [[0]], target, "meanSquaredError");
    expect(check.error).toBeLessThan(1e-3);
    expect(check.passed).toBe(true);
  });

  it("says what sizes do not fit", () => {
    expect(() => build(new Reshape({ targetShape: [2, 4] }), [6])).toThrow(
      "Reshape([2, 4]) expects samples of 8 values, got [batch, 6], 6 a sample.",
    );
    expect(() => build(new Reshape({ targetShape: [4, -1] }), [2, 3])).toThrow(
      "Reshape([4, -1]) expects samples of a multiple of 4 values, got [batch, 2, 3], 6 a sample.",
    );
    tf.tidy(() => {
      const reshape = build(new Reshape({ targetShape: [3, 2] }), [6]);
      expect(() => reshape.forward(tf.zeros([1, 3, 2]))).toThrow(
        "Reshape([3, 2]) expects input of shape [batch, 6], got [1, 3, 2].",
      );
    });
  });

  it.each([
    [[2, -1, -1], "[2,-1,-1]"],
    [[0, 3], "[0,3]"],
    [[1.5], "[1.5]"],
    [[-2], "[-2]"],
    ["2, 3", '"2, 3"'],
    [6, "6"],
  ])("refuses %o", (targetShape, shown) => {
    expect(() => new Reshape({ targetShape: targetShape as number[] })).toThrow(
      `Reshape expects targetShape to be an array of whole numbers above 0, one of them −1 at most, got ${shown}.`,
    );
  });

  it("reads what it writes, and tfjs-layers' null for −1", () => {
    const saved = new Reshape({ targetShape: [2, -1] }).toSaved();
    expect(saved).toEqual({ className: "Reshape", config: { target_shape: [2, -1] } });
    expect(Reshape.fromSaved(saved.config).toSaved()).toEqual(saved);
    expect(Reshape.fromSaved({ target_shape: [2, null] }).targetShape).toEqual([2, -1]);
    expect(() => Reshape.fromSaved({ target_shape: [1e300] })).toThrow("got [1e+300].");
    expect(() => Reshape.fromSaved({ target_shape: "__proto__" })).toThrow('got "__proto__".');
    expect(() => Reshape.fromSaved({})).toThrow("got undefined.");
  });
});
