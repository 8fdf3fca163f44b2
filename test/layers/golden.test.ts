import * as tf from "@tensorflow/tfjs-core";
import type { Layer, NestedNumbers } from "rivulet";
import { BatchNorm, LayerNorm, Normalization } from "rivulet/layers";
import { describe, expect, it, vi } from "vitest";
import { assign } from "../../src/assignment.ts";
import { valueAndGradients } from "../../src/differentiate.ts";
import { variableName } from "../../src/layer.ts";
import { TrainingPass } from "../../src/training-pass.ts";
import golden from "../golden/layers.json" with { type: "json" };
import { expectClose } from "../support/expect-close.ts";
import { build } from "../support/through-layer.ts";

interface Golden {
  readonly x: NestedNumbers;
  readonly cotangent: NestedNumbers;
  readonly y: NestedNumbers;
  readonly gradients: Readonly<Record<string, NestedNumbers>>;
}

/** Keras calculated in float64; of numbers near 100, less their mean, float32 holds five digits. */
const tolerance = 1e-5;

/** Expects y, and the gradients of Σ cotangent · y by x and by the parameters. */
async function expectGolden(layer: Layer, { x, cotangent, y, gradients }: Golden, training?: TrainingPass) {
  const input = tf.tidy(() => tf.variable(tf.tensor(x)));
  const outputs: tf.Tensor[] = [];
  const differentiated = tf.tidy(() => {
    const weighted = () => {
      const output = layer.forward(input, training);
      outputs.push(tf.keep(tf.clone(output)));
      return tf.sum(tf.mul(output, tf.tensor(cotangent)));
    };
    const result = valueAndGradients(weighted, [input, ...layer.parameters], ({ name }) => name);
    if (training !== undefined) assign(training.takeUpdates());
    return [...result.gradients];
  });
  await expectClose(outputs[0] as tf.Tensor, y, tolerance);
  const names = ["x", ...layer.parameters.map((parameter) => variableName(layer, parameter))];
  expect(names).toEqual(Object.keys(gradients));
  for (const [index, name] of names.entries())
    await expectClose(differentiated[index] as tf.Tensor, gradients[name] ?? NaN, tolerance);
  tf.dispose([input, ...outputs, ...differentiated]);
}

function withWeights<Built extends BatchNorm | LayerNorm>(
  layer: Built,
  { gamma, beta }: { readonly gamma: number[]; readonly beta: number[] },
): Built {
  tf.tidy(() => {
    layer.gamma?.assign(tf.tensor1d(gamma));
    layer.beta?.assign(tf.tensor1d(beta));
  });
  return layer;
}

describe("against Keras's values and gradients", () => {
  it.each(golden.batchNormalization)("BatchNorm, three steps and a prediction: $options", async (expected) => {
    const layer = withWeights(build(new BatchNorm(expected.options), [3]), expected);
    for (const [step, { movingMean, movingVariance, ...each }] of expected.training.entries()) {
      const training = new TrainingPass(step);
      await expectGolden(layer, each, training);
      training.dispose();
      await expectClose(layer.movingMean as tf.Tensor, movingMean);
      await expectClose(layer.movingVariance as tf.Tensor, movingVariance);
    }
    await expectGolden(layer, expected.inference);
    tf.dispose([...layer.parameters, ...layer.state]);
  });

  it.each(golden.layerNormalization)("LayerNorm: $x", async (expected) => {
    const shape = Array.isArray(expected.x[0]?.[0]) ? [2, 3] : [3];
    const layer = withWeights(build(new LayerNorm(expected.options), shape), expected);
    await expectGolden(layer, expected);
    tf.dispose([...layer.parameters]);
  });

  it("Normalization, with a constant column", async () => {
    const { data, mean, variance, x, y } = golden.normalization;
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const layer = new Normalization();
    await layer.adapt(data);
    expect(warn).toHaveBeenCalledOnce();
    warn.mockRestore();
    tf.dispose([...build(layer, [2]).parameters]);
    await expectClose(layer.mean as tf.Tensor, mean);
    await expectClose(layer.variance as tf.Tensor, variance);
    const output = tf.tidy(() => layer.forward(tf.tensor2d(x, [3, 2])));
    await expectClose(output, y);
    tf.dispose([output, ...layer.state]);
  });
});
