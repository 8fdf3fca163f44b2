import type { Command, RaceEvent } from "./messages.ts";
import { race } from "./race.ts";

/** The one place that owns the racing. It has one race at a time: the next begins when the last has freed what it held. */
export class Racer {
  readonly #tell: (event: RaceEvent) => void;
  readonly #wasmFolder: string | undefined;
  #abort = new AbortController();
  #racing: Promise<void> = Promise.resolve();

  /** @param wasmFolder where a page serves the `.wasm` files; left out in Node */
  constructor(tell: (event: RaceEvent) => void, wasmFolder?: string) {
    this.#tell = tell;
    this.#wasmFolder = wasmFolder;
  }

  handle(command: Command): void {
    this.#abort.abort();
    if (command.kind === "stop") return;
    const { turn, task } = command;
    const abort = new AbortController();
    this.#abort = abort;
    const options = { turn, abort, tell: this.#tell, wasmFolder: this.#wasmFolder };
    this.#racing = this.#racing.then(async () => race(task, options));
  }

  /** Ends the race that is on. Resolves when nothing is held any more. */
  async close(): Promise<void> {
    this.#abort.abort();
    await this.#racing;
  }
}
