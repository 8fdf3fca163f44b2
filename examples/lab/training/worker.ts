/** The training in a worker of its own. The page greets it first. */
import type { Command, TrainingEvent } from "./messages.ts";
import { Trainer } from "./trainer.ts";

/** What the page says first, and what it is answered. */
export interface Greeting {
  readonly kind: "hello";
  readonly wasmFolder: string;
}

export interface Answer {
  readonly kind: "hello";
  /** Whether WebGL works in a worker here. */
  readonly hasWebgl: boolean;
}

let trainer: Trainer | undefined;

addEventListener("message", ({ data }: MessageEvent<Greeting | Command>) => {
  if (data.kind !== "hello") {
    trainer?.handle(data);
    return;
  }
  trainer = new Trainer(tell, data.wasmFolder);
  postMessage({ kind: "hello", hasWebgl: hasWebgl() } satisfies Answer);
});

/** A frame's numbers are handed over, not copied. */
function tell(event: TrainingEvent): void {
  postMessage(event, { transfer: event.kind === "frame" ? [event.frame.outputs.buffer] : [] });
}

function hasWebgl(): boolean {
  return typeof OffscreenCanvas !== "undefined" && new OffscreenCanvas(1, 1).getContext("webgl2") !== null;
}
