import type { Command, TrainingEvent } from "./messages.ts";
import type { Answer, Greeting } from "./worker.ts";

/** The page's end of the training. */
export interface TrainingLink {
  /** Where it trains. */
  readonly place: "worker" | "page";
  send(command: Command): void;
  /** Ends it, and lets go of all that it holds. */
  close(): void;
}

/** What is told of the training. */
export interface LinkListener {
  readonly onEvent: (event: TrainingEvent) => void;
  /** The worker itself failed, in words. */
  readonly onCrash: (message: string) => void;
}

/** Has the training stand ready: in a worker, or on this thread where no worker starts, or where WebGL works only here. */
export async function connectTraining(listener: LinkListener): Promise<TrainingLink> {
  const wasmFolder = new URL("./wasm/", document.baseURI).href;
  const worker = await startWorker({ kind: "hello", wasmFolder });
  if (worker !== undefined) return linkTo(worker, listener);
  const { trainOnPage } = await import("./on-page.ts");
  return trainOnPage(listener, wasmFolder);
}

async function startWorker(greeting: Greeting): Promise<Worker | undefined> {
  if (typeof Worker === "undefined") return undefined;
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  const answer = await new Promise<Answer | undefined>((resolve) => {
    worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => resolve(data), { once: true });
    worker.addEventListener(
      "error",
      (event) => {
        event.preventDefault();
        resolve(undefined);
      },
      { once: true },
    );
    worker.postMessage(greeting, []);
  });
  if (answer !== undefined && (answer.hasWebgl || !hasWebgl())) return worker;
  worker.terminate();
  return undefined;
}

function linkTo(worker: Worker, { onEvent, onCrash }: LinkListener): TrainingLink {
  worker.addEventListener("message", ({ data }: MessageEvent<TrainingEvent>) => onEvent(data));
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
