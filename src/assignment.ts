import * as tf from "@tensorflow/tfjs-core";

/** A variable and the value that it is to take, of its own shape. A type, not an interface: tf.tidy passes it on. */
export type Assignment = { readonly variable: tf.Variable; readonly value: tf.Tensor };

/** The one place where a training step changes anything. The values stay the caller's; nothing is copied. */
export function assign(assignments: readonly Assignment[]): void {
  for (const { variable, value } of assignments) variable.assign(value);
}

/** The values that variables have now, to assign again later. The caller disposes of them; nothing is copied. */
export function snapshot(variables: readonly tf.Variable[]): Assignment[] {
  return variables.map((variable) => ({ variable, value: tf.clone(variable) }));
}

/** Frees the values; what variables have by now of them stays theirs. */
export function disposeValues(assignments: readonly Assignment[]): void {
  for (const { value } of assignments) value.dispose();
}

/** Reads the values back and tells whether every number is finite. */
export async function allFinite(assignments: readonly Assignment[]): Promise<boolean> {
  const values = await Promise.all(assignments.map(({ value }) => value.data()));
  return values.every((numbers) => numbers.every((number) => Number.isFinite(number)));
}
