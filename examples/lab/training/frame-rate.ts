/** Thirty pictures a second, in ms. */
const interval = 1000 / 30;

/** While one is being drawn the next may be on its way: the word that it is drawn takes as long as a picture. */
const mostUndrawn = 2;

/** When the next picture is due: thirty a second, fewer where drawing does not keep up, and half the time at most. */
export class FrameRate {
  #undrawn = 0;
  #due = -Infinity;

  isDue(now: number = performance.now()): boolean {
    return this.#undrawn < mostUndrawn && now >= this.#due;
  }

  /** One is on its way. @param began when its making began, in ms */
  sent(began: number, now: number = performance.now()): void {
    this.#undrawn++;
    // A picture comes between two steps, always a little late. From when it was due, lest each be later than the last.
    const isOnTime = began - this.#due < interval;
    this.#due = Math.max((isOnTime ? this.#due : began) + interval, now + (now - began));
  }

  drawn(): void {
    this.#undrawn = Math.max(0, this.#undrawn - 1);
  }
}
