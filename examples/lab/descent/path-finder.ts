import { workerTensors } from "../shell/tensor-count.ts";
import { findPaths, type PathTask } from "./path-task.ts";
import type { DescentPath } from "./path.ts";
import type { PathEvent, PathRequest } from "./path-worker.ts";
import type { RuleName } from "./rules.ts";

export type Paths = ReadonlyMap<RuleName, DescentPath>;

/** Shorter ways are found on the page at once, sooner than a worker answers: a slider that is dragged draws them. */
const longest = 64;

/** What the worker was last asked for. */
interface Question {
  readonly turn: number;
  readonly found: Map<RuleName, DescentPath>;
  /** Undefined where the worker did not find them. */
  readonly answer: (paths: Paths | undefined) => void;
}

/** Finds paths: short ones on the page, long ones in a worker, or on the page where there is none. */
export class PathFinder {
  #worker: Worker | undefined;
  #isPrepared = false;
  #isReady = false;
  #turn = 0;
  #question: Question | undefined;

  /** Starts the worker, once: not before long ways are near, since the page's first load does without its code. */
  prepare(): void {
    if (typeof Worker === "undefined" || this.#isPrepared) return;
    this.#isPrepared = true;
    this.#worker = new Worker(new URL("./path-worker.ts", import.meta.url), { type: "module" });
    this.#worker.addEventListener("message", ({ data }: MessageEvent<PathEvent>) => this.#hear(data));
    this.#worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.close();
    });
  }

  /** The paths by all rules; undefined when they are not wanted any more. */
  async find(task: PathTask, whileWanted: AbortSignal): Promise<Paths | undefined> {
    if (task.steps > longest && this.#isReady) {
      const paths = await this.#ask(task);
      if (paths !== undefined || whileWanted.aborted) return paths;
    }
    const found = new Map<RuleName, DescentPath>();
    for await (const { rule, path } of findPaths(task, whileWanted)) found.set(rule, path);
    return whileWanted.aborted ? undefined : found;
  }

  /** Ends the worker. */
  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#isReady = false;
    workerTensors.value = undefined;
    this.#settle(undefined);
  }

  async #ask(task: PathTask): Promise<Paths | undefined> {
    this.#settle(undefined);
    const turn = ++this.#turn;
    return new Promise((answer) => {
      this.#question = { turn, found: new Map(), answer };
      this.#worker?.postMessage({ turn, task } satisfies PathRequest);
    });
  }

  #hear(event: PathEvent): void {
    if (event.kind === "ready") {
      this.#isReady = true;
      return;
    }
    if (event.turn !== this.#question?.turn) return;
    if (event.kind === "found") this.#question.found.set(event.found.rule, event.found.path);
    if (event.kind === "failed") this.#settle(undefined);
    if (event.kind !== "done") return;
    workerTensors.value = event.tensors;
    this.#settle(this.#question.found);
  }

  #settle(paths: Paths | undefined): void {
    const question = this.#question;
    this.#question = undefined;
    question?.answer(paths);
  }
}
