/**
 * W6. The gradient of a tensor function has its weights' shape. Nudging each coefficient finds the same numbers, at two
 * forward passes a coefficient; one backward pass finds them all at once.
 *
 *     loss(dot(W, x), y),   ∂loss/∂W_jk ≈ (loss(W_jk + h) − loss(W_jk − h)) / 2h
 */
import * as tf from "@tensorflow/tfjs-core";
import { checkGradients, gradient, Sequential, type Data, type Loss, type Model } from "rivulet";
import { Dense } from "rivulet/layers";
import * as small from "./05-backpropagation.ts";
import { take, takeOne } from "./numbers.ts";
import { page, round, table } from "./page.ts";

export const title = "W6  A gradient has its weights' shape";

const loss = (weights: tf.Tensor) => {
  const prediction = tf.dot(weights, tf.tensor1d([1, -2, 0.5]));
  return tf.sum(tf.squaredDifference(prediction, tf.tensor1d([0.5, -1])));
};

const start = [
  [0.1, 0.2, 0.3],
  [0.4, 0.5, 0.6],
];

export interface Shapes {
  readonly weights: readonly number[];
  readonly gradient: readonly number[];
  /** Row-major, from one backward pass. */
  readonly automatic: readonly number[];
  /** Row-major, from two forward passes each. */
  readonly nudged: readonly number[];
}

/** The gradient of loss(dot(W, x), y) for a W of shape [2, 3], both ways. */
export async function shapes(): Promise<Shapes> {
  const slope = gradient(loss)(start);
  const gradientShape = slope.shape;
  const automatic = await take(slope);
  const nudged: number[] = [];
  for (const index of automatic.keys()) nudged.push(await nudge(index));
  return { weights: [start.length, start[0]?.length ?? 0], gradient: gradientShape, automatic, nudged };
}

/** ∂loss/∂W at one coefficient, from a loss a little above and a little below it. */
async function nudge(coefficient: number, h = 1e-2): Promise<number> {
  const lossAt = (shift: number) => {
    const nudged = start.flat().map((value, index) => (index === coefficient ? value + shift : value));
    return takeOne(tf.tidy(() => loss(tf.tensor2d(nudged, [2, 3]))));
  };
  return ((await lossAt(h)) - (await lossAt(-h))) / (2 * h);
}

export interface Cost {
  readonly weights: number;
  /** Passes that automatic differentiation ran, for all weights together. */
  readonly automatic: { readonly forward: number; readonly backward: number };
  /** Passes that nudging ran. */
  readonly nudging: { readonly forward: number; readonly backward: number };
  /** ‖automatic − nudged‖ / (‖automatic‖ + ‖nudged‖) */
  readonly error: number;
}

/** Counts the passes of both ways as they happen: forward in `forward`, backward where the gradient comes in. */
async function countPasses(model: Sequential, x: Data, y: Data, cost: Loss): Promise<Cost> {
  const passes = { forward: 0, backward: 0 };
  const watch = tf.customGrad((output) => ({
    value: tf.clone(output as tf.Tensor),
    gradFunc: (upstream) => {
      passes.backward++;
      return tf.clone(upstream);
    },
  }));
  const watched: Model = {
    parameters: model.parameters,
    isDisposed: false,
    nameOf: (parameter) => model.nameOf(parameter),
    forward: (inputs) => {
      passes.forward++;
      return watch(model.forward(inputs));
    },
  };
  const check = await checkGradients(watched, x, y, cost);
  const weights = check.parameters.reduce((sum, { automatic }) => sum + automatic.length, 0);
  return {
    weights,
    automatic: { forward: passes.forward - check.forwardPasses, backward: passes.backward },
    nudging: { forward: check.forwardPasses, backward: 0 },
    error: check.error,
  };
}

/** The passes for W5's network of 12 weights and biases. */
export async function smallCost(): Promise<Cost> {
  using model = small.network();
  return await countPasses(model, small.input, small.target, small.halfSquaredError);
}

/** The passes for a layer of 100 × 100 weights. */
export async function largeCost(): Promise<Cost> {
  using model = new Sequential([new Dense({ units: 100, activation: "sigmoid", useBias: false })], {
    inputShape: [100],
    seed: 6,
  });
  const x = [Array.from({ length: 100 }, (_, index) => Math.sin(index + 1))];
  const y = [Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? 0.05 : 0.95))];
  return await countPasses(model, x, y, small.halfSquaredError);
}

export async function report(): Promise<string> {
  const { weights, gradient: shape, automatic, nudged } = await shapes();
  const costs = [await smallCost(), await largeCost()];
  return page(
    title,
    `W has the shape [${weights.join(", ")}], and so has the gradient of loss(dot(W, x), y): [${shape.join(", ")}]. ` +
      "Each of its numbers tells what one coefficient does to the loss. Nudge that coefficient by 0.01 up and down, " +
      "run forward both times, and the difference says the same:",
    table(
      ["coefficient", "one backward pass", "nudged"],
      automatic.map((value, index) => [
        `W[${Math.floor(index / 3)}, ${index % 3}]`,
        round(value, 4),
        round(nudged[index] ?? NaN, 4),
      ]),
    ),
    "The price is what differs. Passes counted while both ways ran:",
    table(
      ["weights", "one backward pass", "nudging each weight", "error"],
      costs.map((cost) => [
        String(cost.weights),
        `${cost.automatic.forward} forward, ${cost.automatic.backward} backward`,
        `${cost.nudging.forward} forward`,
        round(cost.error, 2),
      ]),
    ),
    "A backward pass costs about as much as one or two forward passes, however many weights there are. That is why " +
      "networks can be trained at all.",
  );
}
