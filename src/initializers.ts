import { awaitedValues } from "./awaited-values.ts";
import { expectShape, formatShape, sizeOf, type Shape } from "./shape.ts";
import { expectFiniteValues, flattenNested } from "./data.ts";
import { DataError, ShapeError } from "./errors.ts";
import { ones, zeros } from "./initializers/constants.ts";
import { randomNormal, randomUniform, truncatedNormal } from "./initializers/distributions.ts";
import {
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  leCunNormal,
  leCunUniform,
} from "./initializers/variance-scaling.ts";
import { lookUp } from "./lookup.ts";
import type { NestedNumbers } from "./nested-numbers.ts";
import { quote } from "./quote.ts";
import type { RandomStream } from "./random.ts";

/** Draws the first values of a parameter of this shape, row-major. */
export type Initializer = (shape: Shape, random: RandomStream) => Float32Array;

/**
 * The initializers that have a name, with Keras's defaults. `randomUniform`, `randomNormal` and `truncatedNormal` are also
 * functions of options that make one; `constantValue` is only that.
 */
export const initializers = {
  zeros,
  ones,
  randomUniform: randomUniform(),
  randomNormal: randomNormal(),
  truncatedNormal: truncatedNormal(),
  glorotUniform,
  glorotNormal,
  heUniform,
  heNormal,
  leCunUniform,
  leCunNormal,
} as const satisfies Record<string, Initializer>;

/** A name, a function, or the values themselves as a nested array. */
export type InitializerLike = keyof typeof initializers | Initializer | NestedNumbers;

/**
 * The first values of a parameter.
 *
 * @param who the layer and its parameter, `"Dense(2 → 3)'s kernel"`
 * @throws UnknownNameError, DataError, ShapeError
 */
export function initialValues(
  who: string,
  initializer: InitializerLike,
  shape: Shape,
  random: RandomStream,
): Float32Array {
  const awaited = awaitedValues(who, shape);
  if (awaited !== undefined) return awaited;
  const size = sizeOf(shape);
  const isTooLarge = size > mostValues;
  if (isTooLarge) {
    const message = `${who} of shape ${formatShape(shape)} would hold ${size} values, ${Math.round((size * 4) / 2 ** 20)} MiB.`;
    throw new ShapeError(`${message} Keep a parameter to ${mostValues} values.`, [mostValues], shape);
  }
  const values: unknown = drawValues(who, initializer, shape, random);
  const isList = Array.isArray(values) || (ArrayBuffer.isView(values) && "length" in values);
  if (!isList)
    throw new DataError(`${who} expects its initializer to return an array of numbers, got ${quote(values)}.`);
  // A copy: the initializer's own array stays its own.
  const copy = Float32Array.from(values as ArrayLike<number>);
  const message = `${who} expects ${size} values for its shape ${formatShape(shape)}, got ${copy.length}.`;
  if (copy.length !== size) throw new ShapeError(message, shape, [copy.length]);
  expectFiniteValues(who, copy, shape, "Start from finite numbers.");
  return copy;
}

/** 1 GiB of float32: larger ones are a slip in the units or the input's shape. */
const mostValues = 2 ** 28;

function drawValues(who: string, initializer: InitializerLike, shape: Shape, random: RandomStream): unknown {
  if (typeof initializer === "function") return initializer(shape, random);
  if (typeof initializer === "string") {
    return lookUp<Initializer>("initializer", initializer, initializers)(shape, random);
  }
  const given = flattenNested(who, initializer);
  expectShape(who, "values", shape, given.shape);
  return given.values;
}
