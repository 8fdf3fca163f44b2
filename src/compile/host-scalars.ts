import * as tf from "@tensorflow/tfjs-core";

/** The numbers of a rule as scalars, kept from step to step: most of them are the same in each. */
export class HostScalars {
  readonly #kept = new Map<object, { readonly number: number; readonly scalar: tf.Scalar }>();

  /** The scalar for a number, this object's own: the one that it made last for the same place, if the number is the same. */
  of(place: object, number: number): tf.Scalar {
    const kept = this.#kept.get(place);
    if (kept !== undefined && Object.is(kept.number, number)) return kept.scalar;
    kept?.scalar.dispose();
    const scalar = tf.keep(tf.scalar(number, "float32"));
    this.#kept.set(place, { number, scalar });
    return scalar;
  }

  dispose(): void {
    for (const { scalar } of this.#kept.values()) scalar.dispose();
    this.#kept.clear();
  }
}
