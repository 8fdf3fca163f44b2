/**
 * How long training may hold the thread before timers, input and drawing get their turn, in ms: 30 pictures a second
 * still go. Half of it costs a small network in Node some 3 % of its speed, this 1 %.
 */
const longestHold = 25;

/** Lets the event loop run now and then, by elapsed time: a step may take 20 µs or 200 ms. */
export class Pace {
  #since = performance.now();

  /** Whether it is time to `rest()`. */
  isDue(): boolean {
    return performance.now() - this.#since > longestHold;
  }

  /** Resolves in a later task of the event loop, not in a microtask, which would hold it still. */
  async rest(): Promise<void> {
    await new Promise<void>(nextTask);
    this.#since = performance.now();
  }
}

function nextTask(then: () => void): void {
  if (typeof setImmediate === "function") {
    setImmediate(then);
    return;
  }
  // A page makes a timer that was set from a timer wait 4 ms; a message comes as soon as it can.
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener("message", () => {
    port1.close();
    then();
  });
  port1.start();
  port2.postMessage(undefined);
}
