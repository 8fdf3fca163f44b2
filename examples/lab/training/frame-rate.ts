/** Thirty pictures a second, in ms. */
const interval = 1000 / 30;

/** When the next picture is due: thirty a second at most, none before the last one is drawn, and half the time at most. */
export class FrameRate {
  #isDrawn = true;
  #due = -Infinity;

  isDue(now: number = performance.now()): boolean {
    return this.#isDrawn && now >= this.#due;
  }

  /** One is on its way. @param began when its making began, in ms */
  sent(began: number, now: number = performance.now()): void {
    this.#isDrawn = false;
    this.#due = Math.max(began + interval, now + (now - began));
  }

  drawn(): void {
    this.#isDrawn = true;
  }
}
