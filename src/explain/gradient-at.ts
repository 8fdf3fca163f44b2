import * as tf from "@tensorflow/tfjs-core";
import { assign, disposeValues, snapshot } from "../assignment.ts";
import { costAndGradients } from "../cost.ts";
import { expectAlive, type Model } from "../model.ts";
import { TrainingPass } from "../training-pass.ts";
import type { Look } from "./look.ts";
import { readVector, valuesOf, type ParameterVector } from "./parameter-vector.ts";

/** What is descended on, and its gradient. */
export interface LossAndGradient {
  readonly loss: number;
  readonly gradient: ParameterVector;
}

/** The weights of a model as one vector. */
export async function weightsOf(model: Model): Promise<ParameterVector> {
  expectAlive(model);
  return readVector(model.parameters);
}

/**
 * The loss of a training step on a look's samples, and its gradient, at weights other than the model's own. Nobody sees
 * the model there: it has its own again before anything is awaited. What a layer draws is what the next step would draw.
 *
 * @throws what the loss and the layers throw; DisposedError
 */
export async function gradientAt(look: Look, weights: ParameterVector): Promise<LossAndGradient> {
  const { value, gradients } = withWeights(look.model, weights, () => compute(look));
  try {
    const [[loss], gradient] = await Promise.all([value.data(), readVector(gradients)]);
    return { loss: loss as number, gradient };
  } finally {
    tf.dispose([value, ...gradients]);
  }
}

function compute({ model, rule, samples }: Look) {
  expectAlive(model);
  const training = new TrainingPass(model.stepsTaken ?? 0);
  try {
    return tf.tidy(() => {
      const { value, gradients } = costAndGradients(model, rule.loss, samples, { training });
      return { value, gradients: [...gradients] };
    });
  } finally {
    training.dispose();
  }
}

function withWeights<Result>(model: Model, weights: ParameterVector, work: () => Result): Result {
  const own = snapshot(model.parameters);
  const others = valuesOf(weights, model.parameters);
  try {
    assign(others);
    return work();
  } finally {
    assign(own);
    disposeValues(others);
    disposeValues(own);
  }
}
