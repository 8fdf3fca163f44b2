import * as tf from "@tensorflow/tfjs-core";
import { DataError, DisposedError, ShapeError } from "./errors.ts";
import { isCount } from "./hyperparameter.ts";
import type { NestedNumbers, TypedNumbers } from "./nested-numbers.ts";
import { quote } from "./quote.ts";
import { formatShape, sizeOf, type Shape } from "./shape.ts";

/** Numbers as a user has them: a tensor, a nested array, or flat values with a shape. */
export type Data =
  | tf.Tensor
  | NestedNumbers
  | { readonly values: TypedNumbers | readonly number[]; readonly shape: Shape };

interface FlatNumbers {
  readonly values: Float32Array;
  readonly shape: Shape;
}

type NestedArray = TypedNumbers | readonly NestedNumbers[];

function isArray(value: unknown): value is NestedArray {
  const isBig = value instanceof BigInt64Array || value instanceof BigUint64Array;
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView) && !isBig);
}

/** `row 3, column 1` for a table, `row 3` for a list, `index [3, 1, 0]` beyond. */
export function formatIndex(index: readonly number[]): string {
  if (index.length === 0) return "the only value";
  const [row, column] = index;
  if (index.length > 2) return `index [${index.join(", ")}]`;
  return column === undefined ? `row ${row}` : `row ${row}, column ${column}`;
}

/** The index into `shape` of a position in the row-major values. */
export function indexOf(position: number, shape: Shape): number[] {
  const index: number[] = [];
  for (const size of shape.toReversed()) {
    index.unshift(position % size);
    position = Math.floor(position / size);
  }
  return index;
}

function shapeOfFirst(data: NestedNumbers | undefined): number[] {
  return isArray(data) ? [data.length, ...shapeOfFirst(data[0])] : [];
}

function describe(part: unknown): string {
  return isArray(part) ? `${part.length} values` : quote(part);
}

/**
 * Row-major float32 values and the shape of nested arrays.
 *
 * @throws DataError if they are ragged, or hold something that is not a number
 */
export function flattenNested(name: string, data: NestedNumbers): FlatNumbers {
  const shape = shapeOfFirst(data);
  const values = new Float32Array(sizeOf(shape));
  let position = 0;
  const visit = (part: unknown, index: readonly number[]): void => {
    const expected = shape[index.length];
    if (expected === undefined) {
      if (typeof part !== "number") {
        throw new DataError(`${name} expects a number at ${formatIndex(index)}, got ${describe(part)}.`, index);
      }
      values[position++] = part;
      return;
    }
    if (!isArray(part) || part.length !== expected) {
      const first = formatIndex(index.map(() => 0));
      throw new DataError(
        `${name} is ragged: ${first} has ${expected} values, ${formatIndex(index)} has ${describe(part)}. ` +
          "Give every row the same number of values.",
        index,
      );
    }
    if (part instanceof Float32Array) {
      values.set(part, position);
      position += part.length;
      return;
    }
    for (let at = 0; at < part.length; at++) {
      const value = part[at];
      // Most of the time goes here: no index is made for a plain number.
      if (index.length + 1 === shape.length && typeof value === "number") values[position++] = value;
      else visit(value, [...index, at]);
    }
  };
  visit(data, []);
  return { values, shape };
}

const finiteMend = "Drop that row, or fill in a number (float32 ends at 3.4e38), before training.";

/** @throws DataError naming the first value that is NaN or infinite, by row and column */
export function expectFiniteValues(name: string, values: ArrayLike<number>, shape: Shape, mend = finiteMend): void {
  for (let position = 0; position < values.length; position++) {
    if (Number.isFinite(values[position])) continue;
    const index = indexOf(position, shape);
    throw new DataError(`${name} holds ${values[position]} at ${formatIndex(index)}. ${mend}`, index);
  }
}

/**
 * Reads a tensor back once and looks for values that are NaN or infinite.
 *
 * @throws DataError with the row and column
 */
export async function expectFinite(name: string, tensor: tf.Tensor): Promise<void> {
  expectFiniteValues(name, await tensor.data(), tensor.shape);
}

/**
 * Row-major float32 values and the shape of what is no tensor. Whether they are finite is not looked at.
 *
 * @throws DataError, ShapeError
 */
export function flattenData(name: string, data: Exclude<Data, tf.Tensor>): FlatNumbers {
  if (typeof data === "number" || isArray(data)) return flattenNested(name, data);
  if (data === null || typeof data !== "object" || !("values" in data) || !("shape" in data)) {
    throw new DataError(
      `${name} expects a tensor, a nested array of numbers, or { values, shape }, got ${describe(data)}.`,
    );
  }
  const { shape } = data;
  const isShape = Array.isArray(shape) && Array.from(shape).every(isCount);
  if (!isShape) throw new DataError(`${name}.shape expects an array of sizes, such as [4, 2], got ${quote(shape)}.`);
  const { values } = flattenNested(`${name}.values`, data.values);
  const size = sizeOf(shape);
  if (values.length === size) return { values, shape };
  const message = `${name} expects ${size} values for its shape ${formatShape(shape)}, got ${values.length}.`;
  throw new ShapeError(message, shape, [values.length]);
}

/** As `toTensor`, for use inside a tidy: the user's own tensor where that is float32, which saves a kernel a step. */
export function borrowTensor(name: string, data: Data): tf.Tensor {
  const isReady = data instanceof tf.Tensor && data.dtype === "float32" && !data.isDisposed;
  return isReady ? data : toTensor(name, data);
}

/**
 * A float32 tensor of the user's numbers, the caller's to dispose. A tensor given is shared, not copied.
 *
 * @throws DataError, ShapeError; DisposedError if the tensor was disposed. Values are checked here only where that costs
 * no reading from a device, for arrays; `expectFinite` is for tensors.
 */
export function toTensor(name: string, data: Data): tf.Tensor {
  if (data instanceof tf.Tensor) {
    if (data.isDisposed) throw new DisposedError(`${name} is a tensor that was disposed. Make it anew.`);
    if (data.dtype === "string" || data.dtype === "complex64") {
      throw new DataError(`${name} expects a tensor of numbers, got one of type ${data.dtype}.`);
    }
    return tf.cast(data, "float32");
  }
  const { values, shape } = flattenData(name, data);
  expectFiniteValues(name, values, shape);
  return tf.tensor(values, [...shape], "float32");
}
