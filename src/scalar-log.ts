import * as tf from "@tensorflow/tfjs-core";

/** Past this many, scalars are packed into one tensor: an epoch of single samples has thousands. */
const packedLength = 128;

/** Collects scalars on the device, row by row, and reads them all back at once. */
export class ScalarLog {
  #loose: tf.Tensor[] = [];
  #packed: tf.Tensor[] = [];

  /** @param row scalars, this log's from now on, alive at least until the next push */
  push(row: readonly tf.Scalar[]): void {
    if (this.#loose.length >= packedLength) this.#pack();
    this.#loose.push(...row);
  }

  #pack(): void {
    if (this.#loose.length === 0) return;
    const loose = this.#loose;
    this.#packed.push(loose.length === 1 ? tf.reshape(loose[0] as tf.Tensor, [1]) : tf.stack(loose));
    this.#loose = [];
    tf.dispose(loose);
  }

  /** The numbers so far, in the order in which they came. */
  async read(): Promise<number[]> {
    this.#pack();
    const parts = await Promise.all(this.#packed.map((packed) => packed.data()));
    return parts.flatMap((part) => [...part]);
  }

  dispose(): void {
    tf.dispose([this.#loose, this.#packed]);
    this.#loose = [];
    this.#packed = [];
  }
}
