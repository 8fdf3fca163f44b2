import * as tf from "@tensorflow/tfjs-core";
import { trainStep, type NestedNumbers, type Optimizer } from "rivulet";

/** Parameters that stand in no layer, and a cost of them: what tests of update rules descend on. */
export class Descent {
  readonly parameters: readonly tf.Variable[];
  readonly #cost: (...parameters: tf.Tensor[]) => tf.Tensor;

  constructor(cost: (...parameters: tf.Tensor[]) => tf.Tensor, ...starts: readonly NestedNumbers[]) {
    this.#cost = cost;
    this.parameters = starts.map((start) => tf.tidy(() => tf.variable(tf.tensor(start as tf.TensorLike))));
  }

  step(optimizer: Optimizer, steps = 1): void {
    const { parameters } = this;
    // A network of no input whose output is the cost itself.
    const model = {
      forward: () => this.#cost(...parameters),
      parameters,
      nameOf: (parameter: tf.Variable) => `parameter ${parameters.indexOf(parameter)}`,
      isDisposed: false,
    };
    const loss = (_: tf.Tensor, output: tf.Tensor) => output as tf.Scalar;
    for (let count = 0; count < steps; count++) trainStep(model, 0, 0, { loss, optimizer }).dispose();
  }

  /** The cost where it stands. */
  async cost(): Promise<number> {
    const cost = tf.tidy(() => tf.sum(this.#cost(...this.parameters)));
    const [value = NaN] = await cost.data();
    cost.dispose();
    return value;
  }

  /** Where it stands. */
  async values(): Promise<NestedNumbers[]> {
    return Promise.all(this.parameters.map(async (parameter) => (await parameter.array()) as NestedNumbers));
  }

  [Symbol.dispose](): void {
    for (const parameter of this.parameters) parameter.dispose();
  }
}

/** w², whose gradient is 2 w. */
const square = (w: tf.Tensor): tf.Tensor => tf.square(w);

/** The path of one number under an optimizer, which is disposed of. */
export async function path(
  optimizer: Optimizer,
  start: number,
  steps: number,
  cost: (w: tf.Tensor) => tf.Tensor = square,
  before?: (step: number) => void,
): Promise<number[]> {
  using descent = new Descent(cost, start);
  using rule = optimizer;
  const points: number[] = [];
  for (let step = 0; step < steps; step++) {
    before?.(step);
    descent.step(rule);
    points.push(...((await descent.values()) as number[]));
  }
  return points;
}
