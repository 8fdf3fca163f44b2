import * as tf from "@tensorflow/tfjs-core";
import { checkGradients, Sequential, traceBackprop, type GradientCheck, type Loss, type NestedNumbers } from "rivulet";
import { Dense } from "rivulet/layers";
import type { LayerNumbers, LayerPass, Network, Pair, Passes } from "./network.ts";

/** C = ½ Σ (y − a)² */
const halfSquaredError: Loss = (y, a) => tf.mul<tf.Scalar>(0.5, tf.sum(tf.squaredDifference(y, a)));

/**
 * How far each weight is nudged. The hidden weights' gradients are so small beside the cost that its rounding, divided by
 * twice the usual 0.01, would come close to the bar.
 */
export const nudge = 0.03;

/** What the library finds. */
export interface Findings {
  /** By automatic differentiation, from one backward pass. */
  readonly automatic: Passes;
  /** By running forward twice for each weight and bias. */
  readonly nudged: Readonly<Record<"hidden" | "output", LayerPass>>;
  readonly check: GradientCheck;
}

/** Traces the network with `traceBackprop` (`tf.variableGrads`), and checks it with `checkGradients`. */
export async function findGradients({ inputs, targets, hidden, output }: Network): Promise<Findings> {
  using model = new Sequential([dense(hidden), dense(output)], { inputShape: [2] });
  const [x, y] = [[[...inputs]], [[...targets]]];
  const traced = await traceBackprop(model, x, y, halfSquaredError);
  const check = await checkGradients(model, x, y, halfSquaredError, { step: nudge });
  const [first, second] = traced.layers.map(({ weightedInput, activation, delta, gradients }) => ({
    z: pairOf(weightedInput),
    a: pairOf(activation),
    delta: pairOf(delta),
    biasGradients: pairOf(gradients["bias"]),
    weightGradients: rowsOf(gradients["kernel"]),
  }));
  if (first === undefined || second === undefined) throw new Error("The network has two layers.");
  const numeric = check.parameters.map((parameter) => parameter.numeric);
  return {
    automatic: { hidden: first, output: second, cost: traced.loss },
    nudged: {
      hidden: { ...first, weightGradients: rowsOf(numeric[0]), biasGradients: pairOf(numeric[1]) },
      output: { ...second, weightGradients: rowsOf(numeric[2]), biasGradients: pairOf(numeric[3]) },
    },
    check,
  };
}

/** A Dense kernel is [inputs, units]: w_jk stands in row k, column j. */
function dense({ weights: [first, second], biases }: LayerNumbers): Dense {
  const kernel = [
    [first[0], second[0]],
    [first[1], second[1]],
  ];
  return new Dense({ units: 2, activation: "sigmoid", kernelInitializer: kernel, biasInitializer: [...biases] });
}

function flat(numbers: NestedNumbers): number[] {
  if (typeof numbers === "number") return [numbers];
  const parts: readonly NestedNumbers[] = [...numbers];
  return parts.flatMap(flat);
}

function pairOf(numbers: NestedNumbers = []): Pair {
  const [first = NaN, second = NaN] = flat(numbers);
  return [first, second];
}

/** From a kernel's layout to w_jk's. */
function rowsOf(numbers: NestedNumbers = []): readonly [Pair, Pair] {
  const [a = NaN, b = NaN, c = NaN, d = NaN] = flat(numbers);
  return [
    [a, c],
    [b, d],
  ];
}
