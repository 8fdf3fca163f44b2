import "#gradients";
import * as tf from "@tensorflow/tfjs-core";
import { ShapeError, UnconnectedParameterError } from "./errors.ts";

export interface ValueAndGradients {
  readonly value: tf.Scalar;
  /** One for each variable, in their order, of their shapes. */
  readonly gradients: readonly tf.Tensor[];
}

/**
 * A scalar and its gradients by reverse-mode automatic differentiation, from one backward pass: the one place that calls
 * `tf.variableGrads`. The caller tidies.
 *
 * @param nameOf what an error calls a variable
 * @throws ShapeError if f does not return a scalar; UnconnectedParameterError if it does not depend on a variable, which
 * tfjs would leave out in silence
 */
export function valueAndGradients(
  f: () => tf.Tensor,
  variables: readonly tf.Variable[],
  nameOf: (variable: tf.Variable) => string,
): ValueAndGradients {
  if (variables.length === 0) {
    throw new UnconnectedParameterError(
      "There is nothing to differentiate by: the model has no parameters to train.",
      [],
    );
  }
  const { value, grads } = differentiate(f, variables, nameOf);
  const unconnected = variables.filter((variable) => grads[variable.name] == null);
  if (unconnected.length > 0) throw unconnectedError(unconnected.map(nameOf));
  return { value, gradients: variables.map((variable) => grads[variable.name] as tf.Tensor) };
}

function differentiate(
  f: () => tf.Tensor,
  variables: readonly tf.Variable[],
  nameOf: (variable: tf.Variable) => string,
) {
  try {
    return tf.variableGrads(() => {
      const value = expectScalar(f());
      // f(w) = w returns the variable itself, which whoever disposes of the value would take with it.
      return variables.some((variable) => variable === value) ? tf.clone(value) : value;
    }, [...variables]);
  } catch (error) {
    disposeTape();
    throw explained(error, variables.map(nameOf));
  }
}

/** tfjs's own words for what cannot be differentiated, made into ours; anything else as it came. */
function explained(error: unknown, names: readonly string[]): unknown {
  if (!(error instanceof Error)) return error;
  // Where only some variables are not connected, tfjs says nothing at all.
  if (error.message.startsWith("Cannot find a connection")) return unconnectedError(names);
  const kernel = /gradient function not found for (\w+)/.exec(error.message)?.[1];
  if (kernel === undefined) return error;
  return new UnconnectedParameterError(
    `tfjs has no gradient for ${kernel}, which stands between the loss and ${names.join(", ")}. ` +
      "Use operations that have one: comparisons, rounding and sorting have none.",
    names,
  );
}

/**
 * Frees what the forward pass saved for a backward pass that never came. When the function throws, tfjs 4.22.0 leaves
 * its tape and the tensors kept on it behind.
 */
function disposeTape(): void {
  const { state } = tf.engine();
  if (state.gradientDepth > 0) return;
  for (const node of state.activeTape ?? []) tf.dispose(node.saved);
  state.activeTape = [];
}

function expectScalar(value: tf.Tensor): tf.Scalar {
  if (value instanceof tf.Tensor && value.rank === 0) return value as tf.Scalar;
  const came = value instanceof tf.Tensor ? `a tensor of shape [${value.shape.join(", ")}]` : String(value);
  throw new ShapeError(
    `What is differentiated must be a scalar tensor, got ${came}. Take its tf.mean or tf.sum.`,
    [],
    value instanceof tf.Tensor ? value.shape : [],
  );
}

function unconnectedError(names: readonly string[]): UnconnectedParameterError {
  return new UnconnectedParameterError(
    `The loss does not depend on ${names.join(", ")}, so there is no gradient to descend. ` +
      "Compute it from the layer's variables with tf operations that have gradients (comparisons, rounding and values read back have none).",
    names,
  );
}
