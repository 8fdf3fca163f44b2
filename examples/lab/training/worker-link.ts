import type { Answer, Greeting } from "./worker.ts";

/** The page's end of what computes beside it. */
export interface WorkerLink<Command> {
  /** Where it computes. */
  readonly place: "worker" | "page";
  send(command: Command): void;
  /** Ends it, and lets go of all that it holds. */
  close(): void;
}

/** What is told of it. */
export interface LinkListener<Event> {
  readonly onEvent: (event: Event) => void;
  /** The worker itself failed, in words. */
  readonly onCrash: (message: string) => void;
}

/**
 * Has it stand ready: in a worker, or on this thread where no worker starts, or where WebGL works only here.
 *
 * @param makeWorker a bundler wants to see a worker's file where it is made
 * @param onPage does the same on this thread
 */
export async function connectWorker<Command, Event>(
  makeWorker: () => Worker,
  listener: LinkListener<Event>,
  onPage: (wasmFolder: string) => Promise<WorkerLink<Command>>,
): Promise<WorkerLink<Command>> {
  const wasmFolder = new URL("./wasm/", document.baseURI).href;
  const worker = await startWorker(makeWorker, { kind: "hello", wasmFolder });
  return worker === undefined ? onPage(wasmFolder) : linkTo(worker, listener);
}

async function startWorker(makeWorker: () => Worker, greeting: Greeting): Promise<Worker | undefined> {
  if (typeof Worker === "undefined") return undefined;
  const worker = makeWorker();
  const answer = await new Promise<Answer | undefined>((resolve) => {
    worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => resolve(data), { once: true });
    const fail = (event: ErrorEvent) => {
      event.preventDefault();
      resolve(undefined);
    };
    worker.addEventListener("error", fail, { once: true });
    worker.postMessage(greeting, []);
  });
  if (answer !== undefined && (answer.hasWebgl || !hasWebgl())) return worker;
  worker.terminate();
  return undefined;
}

function linkTo<Command, Event>(worker: Worker, { onEvent, onCrash }: LinkListener<Event>): WorkerLink<Command> {
  worker.addEventListener("message", ({ data }: MessageEvent<Event>) => onEvent(data));
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    onCrash(event.message);
  });
  return {
    place: "worker",
    send: (command) => worker.postMessage(command, []),
    close: () => worker.terminate(),
  };
}

function hasWebgl(): boolean {
  return document.createElement("canvas").getContext("webgl2") !== null;
}
