/** What a speed is measured over, in ms. */
const span = 1000;

/** Steps per second, over the last second. */
export class Speed {
  #marks: { readonly at: number; readonly step: number }[] = [];

  /** @param at in ms */
  mark(step: number, at: number = performance.now()): void {
    this.#marks.push({ at, step });
    // The oldest stays until the next one alone spans the second.
    while (this.#marks.length > 2 && at - (this.#marks[1]?.at ?? at) >= span) this.#marks.shift();
  }

  /** Forgets what was before a halt. */
  halt(): void {
    this.#marks = [];
  }

  /** Undefined before there is anything to go by. */
  get perSecond(): number | undefined {
    const [first, last] = [this.#marks[0], this.#marks.at(-1)];
    if (first === undefined || last === undefined || last.at - first.at < 100) return undefined;
    return ((last.step - first.step) * 1000) / (last.at - first.at);
  }
}
