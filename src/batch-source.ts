import { batchRanges, disposeSamples, reorderSamples, sliceSamples, type Samples } from "./batches.ts";

/** What one step is taken on. */
export interface Batch {
  readonly size: number;
  /** Whether it is known to be the last one of its epoch. */
  readonly isLast: boolean;
  /** The samples. The caller tidies. */
  readonly samples: () => Samples;
}

/** The batches of one epoch: a list can be gone over again, a stream cannot. */
export interface EpochBatches {
  readonly batches: readonly Batch[] | AsyncIterable<Batch>;
  /** All the samples, if they are all there. */
  readonly samples?: Samples;
  dispose(): void;
}

/** Where batches come from, epoch by epoch. */
export interface BatchSource {
  /** Samples in an epoch, if that is known. */
  readonly count: number | undefined;
  /** Steps in an epoch, if that is known. */
  readonly steps: number | undefined;
  /** @param epoch counted from the first of this run */
  epoch(epoch: number): EpochBatches;
  dispose(): void;
}

/** Batches cut from samples that are all there, each epoch in an order of its own. */
export class SampleBatches implements BatchSource {
  readonly count: number;
  readonly steps: number;
  readonly #samples: Samples;
  readonly #batchSize: number;
  readonly #orderOf: ((epoch: number) => Int32Array) | undefined;

  /**
   * @param samples this source's from now on
   * @param orderOf the order of an epoch, or undefined for the samples' own
   */
  constructor(samples: Samples, batchSize: number, orderOf: ((epoch: number) => Int32Array) | undefined) {
    this.#samples = samples;
    this.#batchSize = batchSize;
    this.count = samples.x.shape[0];
    this.steps = Math.ceil(this.count / batchSize);
    // With one batch, its order changes nothing but the rounding.
    this.#orderOf = this.steps > 1 ? orderOf : undefined;
  }

  epoch(epoch: number): EpochBatches {
    const own = this.#samples;
    const samples = this.#orderOf === undefined ? own : reorderSamples(own, this.#orderOf(epoch));
    const batches = batchRanges(this.count, this.#batchSize).map((range, index) => ({
      size: range.size,
      isLast: index === this.steps - 1,
      samples: () => sliceSamples(samples, range),
    }));
    return {
      batches,
      samples,
      dispose() {
        if (samples !== own) disposeSamples(samples);
      },
    };
  }

  dispose(): void {
    disposeSamples(this.#samples);
  }
}
