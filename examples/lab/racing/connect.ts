import type { Answer, Greeting } from "../training/worker.ts";
import type { Command, RaceEvent } from "./messages.ts";

/** The page's end of the racing. */
export interface RaceLink {
  /** Where it races. */
  readonly place: "worker" | "page";
  send(command: Command): void;
  /** Ends it, and lets go of all that it holds. */
  close(): void;
}

interface LinkListener {
  readonly onEvent: (event: RaceEvent) => void;
  /** The worker itself failed, in words. */
  readonly onCrash: (message: string) => void;
}

/** Has the racing stand ready: in a worker, or on this thread where no worker starts, or where WebGL works only here. */
export async function connectRacing(listener: LinkListener): Promise<RaceLink> {
  const wasmFolder = new URL("./wasm/", document.baseURI).href;
  const worker = await startWorker({ kind: "hello", wasmFolder });
  if (worker !== undefined) return linkTo(worker, listener);
  const { Racer } = await import("./racer.ts");
  const racer = new Racer(listener.onEvent, wasmFolder);
  return { place: "page", send: (command) => racer.handle(command), close: () => void racer.close() };
}

async function startWorker(greeting: Greeting): Promise<Worker | undefined> {
  if (typeof Worker === "undefined") return undefined;
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
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

function linkTo(worker: Worker, { onEvent, onCrash }: LinkListener): RaceLink {
  worker.addEventListener("message", ({ data }: MessageEvent<RaceEvent>) => onEvent(data));
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
