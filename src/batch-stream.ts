import { orAborted } from "./abortable.ts";
import type { Batch, BatchSource, EpochBatches } from "./batch-source.ts";
import { disposeSamples } from "./batches.ts";
import type { Data } from "./data.ts";
import { DataError } from "./errors.ts";
import { quote } from "./quote.ts";
import { prepareSamples, type Purpose } from "./training-data.ts";

/** A batch as a stream gives it: inputs [batch, …input], targets [batch, …target], and weights [batch] if wanted. */
export type LabelledBatch = readonly [x: Data, y: Data] | readonly [x: Data, y: Data, sampleWeight: Data];

type Batches = AsyncIterable<LabelledBatch> | Iterable<LabelledBatch>;

/**
 * Batches that come one by one, so that all need not be in memory. A function is called anew for each epoch, `async
 * function* () { … yield [x, y]; }`; what can be gone over more than once, such as a Set, may be given itself, and for one
 * epoch a generator too. An array is taken for samples: its batches come by `() => batches`. Tensors in it stay the
 * stream's own, to dispose of after the `yield`.
 */
export type BatchStream = Batches | (() => Batches);

/** Tells a stream from samples that are all there. */
export function isBatchStream(value: unknown): value is BatchStream {
  if (typeof value !== "object" || value === null) return typeof value === "function";
  const isNumbers = Array.isArray(value) || ArrayBuffer.isView(value);
  return !isNumbers && (Symbol.asyncIterator in value || Symbol.iterator in value);
}

/** Batches from a stream. The next one is asked for only when a step has been taken on the one before. */
export class StreamedBatches implements BatchSource {
  readonly count = undefined;
  readonly steps = undefined;
  readonly #stream: BatchStream;
  readonly #purpose: Purpose;
  readonly #signal: AbortSignal | undefined;

  /** @param signal ends the waiting for a batch that does not come */
  constructor(stream: BatchStream, purpose: Purpose, signal: AbortSignal | undefined) {
    this.#stream = stream;
    this.#purpose = purpose;
    this.#signal = signal;
  }

  epoch(epoch: number): EpochBatches {
    return { batches: this.#batches(epoch), dispose() {} };
  }

  async *#batches(epoch: number): AsyncGenerator<Batch> {
    const iterator = iteratorOf(typeof this.#stream === "function" ? this.#stream() : this.#stream);
    let index = 0;
    let isDone = false;
    try {
      for (;;) {
        this.#signal?.throwIfAborted();
        const next = await orAborted(Promise.resolve(iterator.next()), this.#signal);
        isDone = next.done === true;
        if (next.done === true) break;
        yield* this.#checked(next.value, index++);
      }
    } finally {
      // Not awaited: a stream that hangs would have its end hang too.
      if (!isDone) void end(iterator);
    }
    if (index === 0) throw emptyStream(epoch);
  }

  /** The batch, freed when the step on it has been taken. */
  async *#checked(labelled: unknown, index: number): AsyncGenerator<Batch> {
    if (!Array.isArray(labelled) || labelled.length < 2 || labelled.length > 3) {
      const message = `fit expects a stream to yield [x, y] or [x, y, sampleWeight], got ${quote(labelled)} as batch ${index}.`;
      throw new DataError(message, [index]);
    }
    const [x, y, sampleWeight] = labelled as unknown as LabelledBatch;
    const ofBatch = (part: string) => `batch ${index}'s ${part}`;
    const names = { x: ofBatch("x"), y: ofBatch("y"), sampleWeight: ofBatch("sampleWeight") };
    const samples = await prepareSamples({ ...this.#purpose, names, isPart: true }, { x, y, sampleWeight });
    try {
      yield { size: samples.x.shape[0], isLast: false, samples: () => samples };
    } finally {
      disposeSamples(samples);
    }
  }

  dispose(): void {}
}

function iteratorOf(batches: Batches): AsyncIterator<unknown> | Iterator<unknown> {
  if (typeof batches === "object" && batches !== null) {
    if (Symbol.asyncIterator in batches) return batches[Symbol.asyncIterator]();
    if (Symbol.iterator in batches) return batches[Symbol.iterator]();
  }
  throw new DataError(`fit expects a stream of batches to be iterable, got ${quote(batches)}.`);
}

/** Has a stream give up what it holds. What it throws then is not heard: it would stand in for what ended the run. */
async function end(iterator: AsyncIterator<unknown> | Iterator<unknown>): Promise<void> {
  try {
    await iterator.return?.();
  } catch {}
}

function emptyStream(epoch: number): DataError {
  const mend =
    epoch === 0
      ? "It has to yield at least one [x, y]."
      : "A generator runs only once: give fit the function, which it calls for each epoch.";
  return new DataError(`The stream of batches ended before its first batch in epoch ${epoch}. ${mend}`);
}
