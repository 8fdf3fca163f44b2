import type { Budget } from "./comparison.ts";
import type { Curve } from "./regime.ts";
import type { Moment } from "./training-clock.ts";

/** What is seen of a run at one moment. */
export interface Sighting {
  readonly steps: number;
  readonly samples: number;
  readonly moment: Moment;
  readonly trainingLoss: number;
  /** Undefined where nothing is validated. */
  readonly validationLoss: number | undefined;
  /** Undefined where they are not wanted. */
  readonly weights: Float32Array | undefined;
}

/** Points that a curve has at most, but the first and the last. */
const mostPoints = 128;

/**
 * The points of a run: after equal numbers of samples, the same for all regimes, as far as their steps allow. Where nobody
 * knows how far a run will get, as with a budget in seconds, every other point is dropped each time there are too many.
 */
export class CurvePoints {
  readonly #count: number;
  #points: Sighting[] = [];
  #density: Density;

  /** @param count samples that there are to train on */
  constructor(count: number, budget: Budget, batchSize: number) {
    this.#count = count;
    this.#density = densityFor(epochsOf(budget, count, batchSize));
  }

  /** Whether a point is due after so many samples were seen. */
  isDue(samples: number): boolean {
    const last = this.#points.at(-1);
    return last === undefined || this.#pointsUpTo(samples) > this.#pointsUpTo(last.samples);
  }

  #pointsUpTo(samples: number): number {
    const { points, epochs } = this.#density;
    return Math.floor((samples * points) / (epochs * this.#count));
  }

  push(point: Sighting): void {
    this.#points.push(point);
    if (this.#points.length <= 2 * mostPoints) return;
    this.#points = this.#points.filter((_, index) => index % 2 === 0);
    const { points, epochs } = this.#density;
    this.#density = { points, epochs: 2 * epochs };
  }

  get last(): Sighting | undefined {
    return this.#points.at(-1);
  }

  toCurve(secondsAt: (moment: Moment) => number): Curve {
    const points = this.#points;
    const isValidated = points.some(({ validationLoss }) => validationLoss !== undefined);
    return {
      epochs: points.map(({ samples }) => samples / this.#count),
      steps: points.map(({ steps }) => steps),
      samples: points.map(({ samples }) => samples),
      seconds: points.map(({ moment }) => secondsAt(moment)),
      trainingLoss: points.map(({ trainingLoss }) => finiteOrNull(trainingLoss)),
      validationLoss: isValidated ? points.map(({ validationLoss }) => finiteOrNull(validationLoss)) : null,
    };
  }

  get weights(): readonly Float32Array[] {
    return this.#points.flatMap(({ weights }) => (weights === undefined ? [] : [weights]));
  }
}

/** A number that JSON can hold, or null. */
export function finiteOrNull(value: number | null | undefined): number | null {
  return value != null && Number.isFinite(value) ? value : null;
}

/** The epochs of a budget; undefined where the machine decides. */
function epochsOf({ unit, amount }: Budget, samples: number, batchSize: number): number | undefined {
  if (unit === "seconds") return undefined;
  return { epochs: amount, steps: (amount * batchSize) / samples, samples: amount / samples }[unit];
}

/** So many points in so many epochs: whole numbers, so that no rounding shifts a point. */
interface Density {
  readonly points: number;
  readonly epochs: number;
}

function densityFor(epochs: number | undefined): Density {
  if (epochs === undefined) return { points: 8, epochs: 1 };
  if (epochs > mostPoints) return { points: 1, epochs: Math.ceil(epochs / mostPoints) };
  return { points: Math.floor(mostPoints / epochs), epochs: 1 };
}
