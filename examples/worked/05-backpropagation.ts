/**
 * W5. Back-propagation by its four equations, in a 2-2-2 sigmoid network, against automatic differentiation and central
 * differences. Its cost is a loss of one's own, C = ½ Σ (y − a)².
 *
 *     BP1  δᴸ = ∇ₐC ⊙ σ′(zᴸ)               BP2  δˡ = ((wˡ⁺¹)ᵀ δˡ⁺¹) ⊙ σ′(zˡ)
 *     BP3  ∂C/∂b = δ                       BP4  ∂C/∂w_jk = a_k δ_j
 *
 * w_jk leads from neuron k to neuron j. A Dense kernel is [inputs, units], so it holds w_jk in row k, column j.
 * Nielsen, Neural Networks and Deep Learning, ch. 2, http://neuralnetworksanddeeplearning.com/chap2.html
 */
import * as tf from "@tensorflow/tfjs-core";
import { checkGradients, Sequential, traceBackprop, type BackpropTrace, type GradientCheck, type Loss } from "rivulet";
import { Dense } from "rivulet/layers";
import { flat, inRows, take, takeRows } from "./numbers.ts";
import { page, round, roundAll, table } from "./page.ts";

export const title = "W5  Back-propagation by its four equations";

export const input = [[0.1, 0.2]];
export const target = [[0.01, 0.99]];

/** C = ½ Σ (y − a)² */
export const halfSquaredError: Loss = (y, a) => tf.mul<tf.Scalar>(0.5, tf.sum(tf.squaredDifference(y, a)));

/** The 2-2-2 network with the text's weights. The caller disposes of it. */
export function network(): Sequential {
  const layer = (kernel: number[][], bias: number[]) =>
    new Dense({ units: 2, activation: "sigmoid", kernelInitializer: kernel, biasInitializer: bias });
  // A row for each input, a column for each neuron: h1 ← (0.1, 0.2) is the first column.
  const hidden = [
    [0.1, 0.3],
    [0.2, 0.4],
  ];
  const output = [
    [0.5, 0.7],
    [0.6, 0.8],
  ];
  return new Sequential([layer(hidden, [0.55, 0.56]), layer(output, [0.66, 0.67])], { inputShape: [2] });
}

/** Forward and backward pass, every number on the way, by automatic differentiation. */
export async function trace(): Promise<BackpropTrace> {
  using model = network();
  return await traceBackprop(model, input, target, halfSquaredError);
}

/** What the four equations give for one layer. */
export interface LayerErrors {
  readonly delta: readonly number[];
  readonly bias: readonly number[];
  /** ∂C/∂w_jk in row j, column k. */
  readonly weights: readonly (readonly number[])[];
}

export interface Backprop {
  readonly hidden: LayerErrors;
  readonly output: LayerErrors;
}

/** What automatic differentiation found, laid out as the equations have it. */
export function automatic({ layers }: BackpropTrace): Backprop {
  const [hidden, output] = layers.map(({ delta, gradients }) => {
    const [fromFirst = [], fromSecond = []] = inRows(flat(gradients["kernel"] ?? []), 2);
    const weights = fromFirst.map((first, j) => [first, fromSecond[j] ?? NaN]);
    return { delta: flat(delta), bias: flat(gradients["bias"] ?? []), weights };
  });
  if (hidden === undefined || output === undefined) throw new Error("The network of W5 has two layers.");
  return { hidden, output };
}

/** BP1 to BP4, from the activations and the output layer's weights alone. With a row a sample, wᵀ δ reads δ kernelᵀ. */
export async function byEquations({ layers }: BackpropTrace): Promise<Backprop> {
  using model = network();
  const kernel = model.parameters[2];
  if (kernel === undefined) throw new Error("The network of W5 has two kernels and two biases.");
  const { hidden, output } = tf.tidy(() => {
    const activationOf = (layer: number) => tf.tensor2d(flat(layers[layer]?.activation ?? []), [1, 2]);
    const [a1, a2] = [activationOf(0), activationOf(1)];
    const sigmoidSlope = (a: tf.Tensor) => tf.mul(a, tf.sub(1, a));
    const delta2 = tf.mul(tf.sub(a2, tf.tensor2d(target)), sigmoidSlope(a2)); // BP1: ∇ₐC = a − y
    const delta1 = tf.mul(tf.matMul(delta2, kernel, false, true), sigmoidSlope(a1)); // BP2
    const outerProduct = (delta: tf.Tensor, a: tf.Tensor) => tf.matMul(delta, a, true); // BP4: δ_j a_k
    return {
      hidden: { delta: delta1, weights: outerProduct(delta1, tf.tensor2d(input)) },
      output: { delta: delta2, weights: outerProduct(delta2, a1) },
    };
  });
  const read = async (layer: { readonly delta: tf.Tensor; readonly weights: tf.Tensor }): Promise<LayerErrors> => {
    const delta = await take(layer.delta);
    return { delta, bias: delta, weights: await takeRows(layer.weights) }; // BP3: ∂C/∂b = δ
  };
  return { hidden: await read(hidden), output: await read(output) };
}

/**
 * Nudges each of the twelve weights and biases up and down, and compares. By 0.03: the hidden weights' gradients are so
 * small beside the cost that its rounding, divided by the usual 2 · 0.01, comes close to the bar of 0.001.
 */
export async function byNudging(): Promise<GradientCheck> {
  using model = network();
  return await checkGradients(model, input, target, halfSquaredError, { step: 0.03 });
}

/** Each quantity of a layer, both ways, as rows of a table. */
function comparison(layer: keyof Backprop, computed: Backprop, found: Backprop): string[][] {
  const [own, other] = [computed[layer], found[layer]];
  const row = (quantity: string, a: readonly number[], b: readonly number[] = []) => [
    quantity,
    roundAll(a, 5),
    roundAll(b, 5),
  ];
  const [equation, neuron] = layer === "output" ? ["BP1", "o"] : ["BP2", "h"];
  return [
    row(`${equation} δ ${layer}`, own.delta, other.delta),
    row("BP3 ∂C/∂b", own.bias, other.bias),
    ...own.weights.map((weights, j) => row(`BP4 ∂C/∂w of ${neuron}${j + 1}`, weights, other.weights[j])),
  ];
}

export async function report(): Promise<string> {
  const traced = await trace();
  const [computed, found] = [await byEquations(traced), automatic(traced)];
  const [hidden = "", output = ""] = traced.layers.map(({ activation }) => roundAll(flat(activation)));
  const { parameters } = await byNudging();
  return page(
    title,
    `Forward: the inputs (0.1, 0.2) give ${hidden} in the hidden layer and ` +
      `${output} at the output. The targets are (0.01, 0.99), the cost ` +
      `C = ½ Σ (y - a)² = ${round(traced.loss)}.`,
    "Backward: δ is how fast the cost grows with a neuron's weighted input. BP1 gives it at the output, BP2 hands it " +
      "back a layer, BP3 and BP4 read the gradients off it. Automatic differentiation finds the same:",
    table(
      ["quantity", "by the equations", "automatic"],
      [...comparison("output", computed, found), ...comparison("hidden", computed, found)],
    ),
    "Nudging each weight by 0.03 up and down, and running forward each time, gives those gradients once more. The " +
      "error is ‖automatic - nudged‖ / (‖automatic‖ + ‖nudged‖):",
    table(
      ["parameter", "error", "within 0.001"],
      parameters.map(({ name, error, passed }) => [name, round(error, 2), passed ? "yes" : "no"]),
    ),
  );
}
