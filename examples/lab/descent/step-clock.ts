/** How many steps are due as time goes by; what is not a whole step yet counts next time. */
export class StepClock {
  #since: number;

  /** @param now in ms, as all its times */
  constructor(now: number) {
    this.#since = now;
  }

  /** The steps that have become due since the last time, at so many a second. */
  take(now: number, perSecond: number): number {
    // A thousandth more: a frame's time is rounded, and a step must not wait for the next one on its account.
    const due = Math.max(0, Math.floor(((now - this.#since) / 1000) * perSecond + 1e-3));
    this.#since += (due / perSecond) * 1000;
    return due;
  }
}
