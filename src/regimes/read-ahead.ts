import { Pace } from "../pace.ts";

/** Enough that a GPU works on while what it was asked for first comes back. */
const ahead = 8;

/**
 * Yields what is read, in order, with some reads under way at once. A GPU answers a read only some time after the work that
 * it waits for; to ask for the next before that comes costs nothing elsewhere. Gives way to the page between them.
 *
 * @param reads each starts its work at once when it is called, and then only waits
 */
export async function* readAhead<Result>(reads: Iterable<() => Promise<Result>>): AsyncGenerator<Result> {
  const pace = new Pace();
  const underWay: Promise<Result>[] = [];
  try {
    for (const read of reads) {
      underWay.push(heldBack(read()));
      if (pace.isDue()) await pace.rest();
      if (underWay.length === ahead) yield await (underWay.shift() as Promise<Result>);
    }
    for (const read of underWay) yield await read;
  } finally {
    // Also where one fails, or nobody wants the rest: what they hold, they have let go of when this has ended.
    await Promise.allSettled(underWay);
  }
}

/** A promise whose failure waits until somebody asks for it. */
function heldBack<Result>(promise: Promise<Result>): Promise<Result> {
  promise.catch(() => {});
  return promise;
}
