import * as tf from "@tensorflow/tfjs-core";
import { checkGradients, Sequential, type Layer } from "rivulet";
import {
  Activation,
  Dense,
  ELU,
  GELU,
  LeakyReLU,
  ReLU,
  Sigmoid,
  Softmax,
  Softplus,
  Tanh,
  type LeakyReLUOptions,
} from "rivulet/layers";
import { describe, expect, it } from "vitest";
import golden from "../golden/activations.json" with { type: "json" };
import { expectClose } from "../support/expect-close.ts";
import { build, ThroughLayer } from "../support/through-layer.ts";

/** Keras's values on the grid `golden.x`. */
function goldenOf(name: string): { y: number[]; derivative: number[] } {
  const found = golden.cases.find((each) => each.name === name);
  if (found === undefined) throw new Error(`There is no golden ${name}.`);
  return found;
}

const square = (x: tf.Tensor): tf.Tensor => tf.square(x);

describe("activations as layers", () => {
  it.each([
    [new Activation({ activation: "tanh" }), "Activation(tanh)", "tanh"],
    [new Sigmoid(), "Sigmoid", "sigmoid"],
    [new Tanh(), "Tanh", "tanh"],
    [new ReLU(), "ReLU", "relu"],
    [new LeakyReLU(), "LeakyReLU(0.3)", "leakyRelu, slope 0.3 (Keras's layer)"],
    [new LeakyReLU({ alpha: 0.01 }), "LeakyReLU(0.01)", "leakyRelu, slope 0.01 (PyTorch's)"],
    [new ELU(), "ELU(1)", "elu"],
    [new Softplus(), "Softplus", "softplus"],
    [new GELU(), "GELU", "gelu"],
  ] satisfies [Layer, string, string][])("%o is %s, with Keras's values", async (layer, described, name) => {
    expect(layer.toString()).toBe(described);
    using model = new Sequential([layer], { inputShape: [golden.x.length] });
    const output = model.predict([golden.x]);
    // 3e-6: tfjs's erf is off by up to 5e-7, and gelu by up to half of that times |x| = 6.
    await expectClose(output, [goldenOf(name).y], 3e-6);
    output.dispose();
  });

  it("scales ELU's lower part by its α, and leaves the upper one to the bit", async () => {
    using model = new Sequential([new ELU({ alpha: 1e6 })], { inputShape: [4] });
    const output = model.predict([[-1, 0, 0.1, 7]]);
    const [row] = (await output.array()) as number[][];
    expect(row?.slice(1)).toEqual([0, Math.fround(0.1), 7]);
    // Relative to 1e6: WASM approximates the exponential.
    await expectClose((row?.[0] ?? NaN) / 1e6, Math.exp(-1) - 1, 5e-6);
    output.dispose();
  });

  it("has Softmax along the last axis of any shape", async () => {
    using model = new Sequential([new Softmax({ axis: 2 })], { inputShape: [2, 2] });
    const output = model.predict([
      [
        [0, Math.log(3)],
        [1000, 1000],
      ],
    ]);
    await expectClose(output, [
      [
        [0.25, 0.75],
        [0.5, 0.5],
      ],
    ]);
    output.dispose();
    expect(() => build(new Softmax({ axis: 1 }), [2, 2])).toThrow(
      "Softmax works along the last axis of [batch, 2, 2], −1 or 2, got axis 1.",
    );
    expect(() => build(new Softmax(), [])).toThrow("Softmax expects an input [batch, …, features], got [batch].");
  });

  it.each([
    ["LeakyReLU", new LeakyReLU({ alpha: 0.5 })],
    ["ELU", new ELU({ alpha: 2 })],
    ["Softmax", new Softmax()],
    ["a function", new Activation({ activation: square })],
  ] satisfies [string, Layer][])("has the gradient of central differences with %s", async (_, layer) => {
    using model = new ThroughLayer(layer, [[-1.5, -0.5, 0.25, 2]]);
    const check = await checkGradients(model, [[0]], [[1, 0, -1, 0.5]], "meanSquaredError");
    expect(check.error).toBeLessThan(1e-3);
    expect(check.passed).toBe(true);
  });

  it("takes a single number a sample", async () => {
    using model = new Sequential([new Activation({ activation: square })], { inputShape: [] });
    const output = model.predict([3]);
    await expectClose(output, [9]);
    output.dispose();
  });

  it("describes a function by its name, where it has one", () => {
    expect(String(new Activation({ activation: square }))).toBe("Activation(square)");
    expect(
      String(
        new Activation({
          activation: (
            () => (x: tf.Tensor) =>
              tf.neg(x)
          )(),
        }),
      ),
    ).toBe("Activation");
    using model = new Sequential([new Dense({ units: 1 }), new ReLU()], { inputShape: [1] });
    expect(model.summary()).toMatch(/\| relu_1 +\| ReLU +\|/);
  });

  it("reads what it writes", () => {
    const written = [
      [new Activation({ activation: "leakyRelu" }), "Activation", { activation: "leaky_relu" }],
      [new Sigmoid(), "Activation", { activation: "sigmoid" }],
      [new ReLU(), "ReLU", { max_value: null }],
      [new LeakyReLU({ alpha: 0.5 }), "LeakyReLU", { alpha: 0.5 }],
      [new ELU({ alpha: 0.5 }), "ELU", { alpha: 0.5 }],
      [new Softmax(), "Softmax", { axis: -1 }],
    ] as const;
    for (const [layer, className, config] of written) expect(layer.toSaved()).toEqual({ className, config });
    expect(Activation.fromSaved({ activation: "leaky_relu" }).toString()).toBe("Activation(leakyRelu)");
    expect(ReLU.fromSaved({ max_value: null, negative_slope: 0, threshold: 0 })).toBeInstanceOf(ReLU);
    expect(LeakyReLU.fromSaved({ alpha: 0.5 }).alpha).toBe(0.5);
    expect(LeakyReLU.fromSaved({ negative_slope: 0.25 }).alpha).toBe(0.25);
    expect(LeakyReLU.fromSaved({}).alpha).toBe(0.3);
    expect(ELU.fromSaved({ alpha: 2 }).alpha).toBe(2);
    expect(Softmax.fromSaved({ axis: [-1] })).toBeInstanceOf(Softmax);
  });

  it.each([
    [() => Activation.fromSaved({}), "A saved Activation expects activation to be a name, got undefined."],
    [
      () => Activation.fromSaved({ activation: ["relu"] }),
      'A saved Activation expects activation to be a name, got ["relu"].',
    ],
    [() => Activation.fromSaved({ activation: "__proto__" }), 'There is no activation "__proto__".'],
    [
      () => Activation.fromSaved({ activation: "hard_sigmoid" }),
      'There is no activation "hard_sigmoid". Did you mean "sigmoid"?',
    ],
    [() => ReLU.fromSaved({ max_value: 6 }), 'A saved ReLU holds "max_value": 6, which rivulet does not have.'],
    [() => ReLU.fromSaved({ threshold: 1 }), "A saved ReLU expects threshold to be 0, got 1."],
    [() => LeakyReLU.fromSaved({ alpha: "1" }), 'LeakyReLU expects alpha to be a finite number, 0 or more, got "1".'],
    [() => ELU.fromSaved({ alpha: null }), "ELU expects alpha to be a finite number, 0 or more, got null."],
    [() => Softmax.fromSaved({ axis: "1" }), 'Softmax expects axis to be a whole number, got "1".'],
    [
      () => new Activation({ activation: square }).toSaved(),
      "Activation(square) cannot be saved: a file cannot hold its activation, a function of your own. " +
        "Put that into a layer of your own, with a toSaved() and a reader for loading.",
    ],
    [() => new Activation({ activation: "reul" as "relu" }), 'There is no activation "reul". Did you mean "relu"?'],
    [() => new LeakyReLU({ alpha: -1 }), "LeakyReLU expects alpha to be a finite number, 0 or more, got -1."],
    [() => new LeakyReLU({ slope: 1 } as LeakyReLUOptions), 'LeakyReLU has no option "slope". Did you mean "alpha"?'],
    [() => new ELU({ alpha: 1e39 }), "ELU expects alpha to be a finite number, 0 or more, got 1e+39."],
  ])("refuses what makes no sense: %#", (make, message) => {
    expect(make).toThrow(message);
  });
});
