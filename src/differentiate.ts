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
    // tfjs's own words where nothing at all is connected; where only some are missing it says nothing.
    const nothingConnected = error instanceof Error && error.message.startsWith("Cannot find a connection");
    throw nothingConnected ? unconnectedError(variables.map(nameOf)) : error;
  }
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
