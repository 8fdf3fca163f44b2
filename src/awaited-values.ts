import type * as tf from "@tensorflow/tfjs-core";
import { ShapeError } from "./errors.ts";
import { formatShape, sizeOf, type Shape } from "./shape.ts";

/** 4 MiB: a model that lacks some weights is still made, and then the error can name them. */
const slack = 2 ** 20;

/** How many values the parameters may still hold that are made now; undefined where no file is being read. */
let room: number | undefined;

/**
 * Makes layers whose values a file will give: they draw none, and hold hardly more than the file, whatever it says of
 * their sizes.
 *
 * @param count how many values the file has
 */
export function awaitValues<Result>(count: number, make: () => Result): Result {
  const outer = room;
  room = count + slack;
  try {
    return make();
  } finally {
    room = outer;
  }
}

/** Zeros to be replaced by a file's values. Undefined where no file is being read. @throws ShapeError before they are made */
export function awaitedValues(who: string, shape: Shape): Float32Array | undefined {
  if (room === undefined) return undefined;
  if (sizeOf(shape) <= room) return new Float32Array(sizeOf(shape));
  throw tooMany(`${who} of shape ${formatShape(shape)} holds ${sizeOf(shape)} values`, room, shape);
}

/** Counts what a layer has made against what the file has. @throws ShapeError */
export function countAwaited(who: string, variables: readonly tf.Variable[]): void {
  if (room === undefined) return;
  const count = variables.reduce((sum, { size }) => sum + size, 0);
  if (count > room) throw tooMany(`${who} holds ${count} values`, room, [count]);
  room -= count;
}

function tooMany(problem: string, most: number, shape: Shape): ShapeError {
  return new ShapeError(`${problem}, more than the file has.`, [most], shape);
}
