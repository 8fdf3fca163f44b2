import * as tf from "@tensorflow/tfjs-core";

/** The functions that a formula may call, each of one argument. `log` is the natural one, as `ln`. */
export const functions = {
  sin: tf.sin,
  cos: tf.cos,
  tan: tf.tan,
  sinh: tf.sinh,
  cosh: tf.cosh,
  tanh: tf.tanh,
  exp: tf.exp,
  ln: tf.log,
  log: tf.log,
  sqrt: tf.sqrt,
  abs: tf.abs,
} as const satisfies Record<string, (x: tf.Tensor) => tf.Tensor>;

export type FunctionName = keyof typeof functions;

export const constants = { pi: Math.PI, e: Math.E } as const;
export const operators = { "+": tf.add, "-": tf.sub, "*": tf.mul, "/": tf.div, "^": tf.pow } as const;

export type Operator = keyof typeof operators;

/** A formula as a tree: all that one can say in it. */
export type Expression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "constant"; readonly name: keyof typeof constants }
  | { readonly kind: "variable"; readonly name: "x" | "y" }
  | { readonly kind: "negation"; readonly of: Expression }
  | { readonly kind: "operation"; readonly operator: Operator; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "call"; readonly name: FunctionName; readonly of: Expression };

/** The expression's value, element by element, in tf operations, so that it has gradients. The caller tidies. */
export function evaluate(expression: Expression, x: tf.Tensor, y: tf.Tensor): tf.Tensor {
  const { kind } = expression;
  if (kind === "number") return tf.scalar(expression.value);
  if (kind === "constant") return tf.scalar(constants[expression.name]);
  if (kind === "variable") return expression.name === "x" ? x : y;
  if (kind === "negation") return tf.neg(evaluate(expression.of, x, y));
  if (kind === "call") return functions[expression.name](evaluate(expression.of, x, y));
  return operators[expression.operator](evaluate(expression.left, x, y), evaluate(expression.right, x, y));
}

/** Which variables it depends on. */
export function variablesOf(expression: Expression): ReadonlySet<"x" | "y"> {
  const { kind } = expression;
  if (kind === "variable") return new Set([expression.name]);
  if (kind === "negation" || kind === "call") return variablesOf(expression.of);
  if (kind === "operation") return new Set([...variablesOf(expression.left), ...variablesOf(expression.right)]);
  return new Set();
}
