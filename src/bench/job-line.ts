import type { JobHooks } from "rivulet";
import type { TinypoolChannel } from "tinypool";
import { stopMessage, type WorkerNews } from "./worker-messages.ts";

/** In ms: how long an interrupted job may take to end with what it measured. */
const patience = 5000;

/** What goes to and fro between a job's hooks and the process that runs it, beside the job and its outcome. */
export class JobLine implements Disposable {
  readonly channel: TinypoolChannel;
  readonly #hooks: JobHooks;
  readonly #ending = new AbortController();
  #send: ((message: unknown) => void) | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(hooks: JobHooks) {
    this.#hooks = hooks;
    this.channel = {
      onMessage: (send) => (this.#send = send),
      postMessage: (news: WorkerNews) => this.#hear(news),
    };
    hooks.signal?.addEventListener("abort", this.#stop);
  }

  /** Whether a process has been given the job. */
  get isConnected(): boolean {
    return this.#send !== undefined;
  }

  /** Aborts where the job is to be given up, and its process killed. */
  get givenUp(): AbortSignal {
    return this.#ending.signal;
  }

  giveUp(): void {
    this.#ending.abort();
  }

  [Symbol.dispose](): void {
    this.#hooks.signal?.removeEventListener("abort", this.#stop);
    clearTimeout(this.#timer);
  }

  readonly #stop = (): void => {
    if (this.#send === undefined) {
      // Its process is only starting: there is nothing to lose.
      this.giveUp();
      return;
    }
    this.#timer = setTimeout(() => this.giveUp(), patience);
    this.#send(stopMessage);
  };

  #hear(news: WorkerNews): void {
    if (news.kind === "progress") this.#hooks.onProgress?.(news.share);
    else this.#hooks.onPoint?.(news.point);
  }
}
