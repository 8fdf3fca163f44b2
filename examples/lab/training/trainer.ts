import type { Command, TrainingEvent } from "./messages.ts";
import { Session } from "./session.ts";

/**
 * The one place that owns the training: in a worker, or where there is none on the page's own thread, where `fit` gives
 * the page its turn every few milliseconds. It has one session at a time; the next one starts when the last one has freed
 * what it held.
 */
export class Trainer {
  readonly #tell: (event: TrainingEvent) => void;
  readonly #wasmFolder: string | undefined;
  #turn = 0;
  #session: Session | undefined;
  #changing: Promise<void> = Promise.resolve();

  /** @param wasmFolder where a page serves the `.wasm` files; left out in Node */
  constructor(tell: (event: TrainingEvent) => void, wasmFolder?: string) {
    this.#tell = tell;
    this.#wasmFolder = wasmFolder;
  }

  handle(command: Command): void {
    if (command.kind === "drawn") {
      this.#session?.drawn();
      return;
    }
    this.#turn = command.turn;
    switch (command.kind) {
      case "open":
        this.#open(command);
        break;
      case "run":
        this.#session?.run(command.until);
        break;
      case "continue":
        void this.#session?.continueOn(command.backend, command.until);
        break;
    }
  }

  /** Lets go of everything. Resolves when nothing is held any more. */
  async close(): Promise<void> {
    const last = this.#session;
    this.#session = undefined;
    last?.abandon();
    this.#changing = this.#changing.then(async () => last?.end());
    await this.#changing;
  }

  #open({ task, until }: Extract<Command, { kind: "open" }>): void {
    const last = this.#session;
    last?.abandon();
    const session: Session = new Session(
      task,
      until,
      {
        onFrame: (frame) => this.#session === session && this.#tell({ kind: "frame", turn: this.#turn, frame }),
        onFault: (fault) => this.#session === session && this.#tell({ kind: "fault", turn: this.#turn, fault }),
      },
      this.#wasmFolder,
    );
    this.#session = session;
    this.#changing = this.#change(last, session);
  }

  async #change(last: Session | undefined, next: Session): Promise<void> {
    await this.#changing;
    await last?.end();
    // Another may have been asked for while the last one ended.
    if (this.#session === next) await next.start();
  }
}
