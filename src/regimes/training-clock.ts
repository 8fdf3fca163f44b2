/** A moment of a run: what it takes to say, when all has run, how many seconds of training came before it. */
export interface Moment {
  /** In ms, of the steps that were not traced. */
  readonly plain: number;
  readonly tracedSteps: number;
}

/**
 * Tells the time of training alone. It runs during steps and is held between them, while the curve is measured. The time of
 * steps that were recorded to be compiled goes to an account of its own: to the time of training such a step adds as much as
 * the mean of the others.
 */
export class TrainingClock {
  #since = NaN;
  #isTraced = false;
  #plain = 0;
  #plainSteps = 0;
  #traced = 0;
  #tracedSteps = 0;

  /** Goes on with a step. */
  go(isTraced: boolean): void {
    this.#isTraced = isTraced;
    this.#since = performance.now();
  }

  /** The step is over. */
  hold(): void {
    const elapsed = performance.now() - this.#since;
    if (this.#isTraced) {
      this.#traced += elapsed;
      this.#tracedSteps++;
    } else {
      this.#plain += elapsed;
      this.#plainSteps++;
    }
  }

  get now(): Moment {
    return { plain: this.#plain, tracedSteps: this.#tracedSteps };
  }

  /** Seconds of training up to a moment, by what is known so far. */
  secondsAt({ plain, tracedSteps }: Moment): number {
    return (plain + tracedSteps * this.#stepLength) / 1000;
  }

  /** Seconds that went into steps that were traced. */
  get tracingSeconds(): number {
    return this.#traced / 1000;
  }

  /** Undefined until a step was measured. */
  get stepsPerSecond(): number | undefined {
    return this.#plainSteps === 0 ? undefined : 1000 / this.#stepLength;
  }

  /** In ms. Where every step was traced, their own: there is nothing else to go by. */
  get #stepLength(): number {
    if (this.#plainSteps > 0) return this.#plain / this.#plainSteps;
    return this.#tracedSteps > 0 ? this.#traced / this.#tracedSteps : 0;
  }
}
