import { uniformFloat32 } from "pure-rand/distribution/uniformFloat32";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { expectHyperparameter } from "./hyperparameter.ts";

/**
 * A stream of random numbers that follows from a seed and a path of names alone: the same on every backend and machine,
 * since no backend draws it, and independent of what other streams have drawn. Each consumer splits off a stream of its
 * own, so that two layers of one shape never start alike.
 *
 * Numbers come from xoroshiro128+ (Blackman and Vigna, https://prng.di.unimi.it), started from a hash of the path.
 */
export class RandomStream {
  /** The seed and the names, which all its numbers follow from. */
  readonly path: string;
  readonly #generator: ReturnType<typeof xoroshiro128plusFromState>;

  /**
   * @param seed a whole number
   * @throws HyperparameterError if the seed is not a whole number
   */
  constructor(seed: number, ...names: readonly (string | number)[]) {
    expectHyperparameter(Number.isSafeInteger(seed), "A random stream", "seed", "a whole number", seed);
    this.path = [seed, ...names].join("/");
    this.#generator = xoroshiro128plusFromState(hash128(this.path));
  }

  /** A stream of its own for one consumer. Depends on the name, not on what was drawn before. */
  split(name: string | number): RandomStream {
    const [seed, ...names] = this.path.split("/");
    return new RandomStream(Number(seed), ...names, name);
  }

  /** A number from U(0, 1), 1 excluded: a multiple of 2⁻²⁴, exact in float32. */
  uniform(): number {
    return uniformFloat32(this.#generator);
  }

  /**
   * A number from N(0, 1), by Box and Muller's transform of two from U(0, 1):
   *
   *     √(−2 ln(1 − u₁)) cos(2π u₂)
   *
   * 1 − u₁ is never 0, and so none is further out than √(−2 ln 2⁻²⁴) = 5.77. Engines may round the logarithm and the cosine
   * differently in the last of a float64's bits. Box and Muller, 1958, https://doi.org/10.1214/aoms/1177706645
   */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** The numbers 0 … length − 1 in random order (Fisher and Yates). */
  permutation(length: number): Int32Array {
    // Not Int32Array.from: that takes longer than the drawing.
    const order = new Int32Array(length);
    for (let index = 0; index < length; index++) order[index] = index;
    for (let last = length - 1; last > 0; last--) {
      const other = uniformInt(this.#generator, 0, last);
      const swapped = order[last] as number;
      order[last] = order[other] as number;
      order[other] = swapped;
    }
    return order;
  }
}

/** Four words for a text, each a 32-bit FNV-1a hash from another offset with MurmurHash3's finish. Never all zero. */
function hash128(text: string): number[] {
  return [0x811c9dc5, 0x9e3779b9, 0x7f4a7c15, 0xf39cc060].map((offset) => {
    let word = offset;
    for (let index = 0; index < text.length; index++) word = Math.imul(word ^ text.charCodeAt(index), 0x01000193);
    word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
    word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
    return (word ^ (word >>> 16)) | 0;
  });
}
