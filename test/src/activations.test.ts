import * as tf from "@tensorflow/tfjs-core";
import { activations, type NestedNumbers } from "rivulet";
import { describe, expect, it } from "vitest";
import { leakyRelu, resolveActivation, softmax, type Activation } from "../../src/activations.ts";
import { flatNumbers } from "../../src/nested-numbers.ts";
import golden from "../golden/activations.json" with { type: "json" };
import { expectClose } from "../support/expect-close.ts";

/** a = σ(z), and how Σ c a changes with z; c is all ones unless given. */
async function activated(activation: Activation, z: NestedNumbers, c: NestedNumbers = 1) {
  const [a, slope] = tf.tidy(() => {
    const at = tf.tensor(z);
    const weighted = (x: tf.Tensor) => tf.sum(tf.mul(activation(x), tf.tensor(c)));
    return [tf.clone(activation(at)), tf.grad(weighted)(at)] as [tf.Tensor, tf.Tensor];
  });
  const numbers = [await a.array(), await slope.array()] as [NestedNumbers, NestedNumbers];
  tf.dispose([a, slope]);
  return { a: numbers[0], slope: numbers[1] };
}

const named = Object.entries<Activation>(activations);

describe("activations against Keras's values and PyTorch's gradients", () => {
  /** What the golden file has under a name that is none here. */
  const others: Record<string, Activation> = {
    "leakyRelu, slope 0.2 (Keras's function)": leakyRelu,
    "leakyRelu, slope 0.3 (Keras's layer)": (z) => leakyRelu(z, 0.3),
    "leakyRelu, slope 0.01 (PyTorch's)": (z) => leakyRelu(z, 0.01),
  };
  const cases = golden.cases.filter(({ name }) => name !== "gelu, tanh approximation");

  it.each(cases)("$name", async ({ name, y, derivative }) => {
    const activation = others[name] ?? resolveActivation(name as keyof typeof activations);
    const { a, slope } = await activated(activation, golden.x);
    // 3e-6: tfjs's erf is off by up to 5e-7, and gelu by up to half of that times |z| = 6.
    await expectClose(a, y, name === "gelu" ? 3e-6 : 1e-6);
    await expectClose(slope, derivative, name === "gelu" ? 3e-6 : 1e-6);
  });

  it("softmax, along rows", async () => {
    const { x, y, cotangent, gradient } = golden.softmax;
    const { a, slope } = await activated(softmax, x, cotangent);
    await expectClose(a, y);
    await expectClose(slope, gradient);
  });

  it("has a case of every one", () => {
    const covered = cases.map(({ name }) => name.split(",")[0]);
    expect(new Set([...covered, "softmax", "linear"])).toEqual(new Set(Object.keys(activations)));
  });
});

describe("activations", () => {
  it.each(named)("%s has the gradient of central differences", async (_, activation) => {
    // Away from the bends at 0.
    const z = [-1.5, -0.4, 0.3, 2];
    const c = [1, -2, 0.5, 3];
    const h = 1e-2;
    const { slope } = await activated(activation, z, c);
    const differences: number[] = [];
    for (const [index, value] of z.entries()) {
      const sums: number[] = [];
      for (const nudged of [value + h, value - h]) {
        const { a } = await activated(activation, z.with(index, nudged));
        sums.push(flatNumbers(a).reduce((sum, number, place) => sum + number * (c[place] as number), 0));
      }
      differences.push(((sums[0] as number) - (sums[1] as number)) / (2 * h));
    }
    // 2e-4: values round at a few 1e-7, which is divided by 2 h; and h² / 6 times a third derivative of about 1.
    await expectClose(slope, differences, 2e-4);
  });

  it.each(named)("%s is finite at ±1000, and so is its gradient", async (_, activation) => {
    const { a, slope } = await activated(activation, [-1000, 1000], [1, 1]);
    expect([...flatNumbers(a), ...flatNumbers(slope)].map(Number.isFinite)).toEqual([true, true, true, true]);
  });

  it("suggests a name for one that there is not", () => {
    expect(() => resolveActivation("leakyReLU" as "relu")).toThrow(
      'There is no activation "leakyReLU". Did you mean "leakyRelu"? ' +
        "Known: linear, sigmoid, tanh, relu, leakyRelu, elu, softplus, softmax, gelu.",
    );
  });
});
