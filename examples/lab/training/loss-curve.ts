import type { LossPoints } from "./messages.ts";

/** More points than a chart has pixels show nothing more. */
const most = 600;

/** The losses of all epochs, thinned out as they become many: every second, every fourth, … and the last one. */
export class LossCurve {
  #epochs: number[] = [];
  #training: number[] = [];
  #validation: number[] = [];
  #stride = 1;
  #last: readonly [epoch: number, training: number, validation: number | undefined] | undefined;

  /** @param epoch how many have ended with this one */
  add(epoch: number, training: number, validation: number | undefined): void {
    this.#last = [epoch, training, validation];
    if (epoch % this.#stride !== 0) return;
    this.#epochs.push(epoch);
    this.#training.push(training);
    if (validation !== undefined) this.#validation.push(validation);
    if (this.#epochs.length > most) this.#thin();
  }

  #thin(): void {
    this.#stride *= 2;
    const kept = this.#epochs.map((epoch) => epoch % this.#stride === 0);
    const thinned = (values: number[]) => values.filter((_, index) => kept[index]);
    this.#training = thinned(this.#training);
    this.#validation = thinned(this.#validation);
    this.#epochs = thinned(this.#epochs);
  }

  get points(): LossPoints {
    const [epochs, training, validation] = [[...this.#epochs], [...this.#training], [...this.#validation]];
    if (this.#last !== undefined && this.#last[0] !== epochs.at(-1)) {
      epochs.push(this.#last[0]);
      training.push(this.#last[1]);
      if (this.#last[2] !== undefined) validation.push(this.#last[2]);
    }
    return { epochs, training, validation };
  }
}
