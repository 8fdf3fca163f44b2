import type { Batch, EpochBatches } from "../batch-source.ts";
import { disposeSamples, type Samples } from "../batches.ts";
import { fewSamples } from "./look.ts";

/** Keeps a few samples of the first batch of a stream, to look at when the stream itself is gone. */
export class Witness {
  #samples: Samples | undefined;

  /** The samples, this witness's own; undefined where all of them are there anyway, or before the first batch. */
  get samples(): Samples | undefined {
    return this.#samples;
  }

  /** The same batches, of which it sees the first. */
  of(data: EpochBatches): EpochBatches {
    const { batches } = data;
    if (this.#samples !== undefined || !(Symbol.asyncIterator in batches)) return data;
    return { ...data, batches: this.#watched(batches) };
  }

  async *#watched(batches: AsyncIterable<Batch>): AsyncGenerator<Batch> {
    for await (const batch of batches) {
      this.#samples ??= fewSamples(batch.samples());
      yield batch;
    }
  }

  dispose(): void {
    if (this.#samples !== undefined) disposeSamples(this.#samples);
    this.#samples = undefined;
  }
}
