/** The racing in a worker of its own. The page greets it first. */
import type { Answer, Greeting } from "../training/worker.ts";
import type { Command } from "./messages.ts";
import { Racer } from "./racer.ts";

let racer: Racer | undefined;

addEventListener("message", ({ data }: MessageEvent<Greeting | Command>) => {
  if (data.kind !== "hello") {
    racer?.handle(data);
    return;
  }
  racer = new Racer((event) => postMessage(event), data.wasmFolder);
  postMessage({ kind: "hello", hasWebgl: hasWebgl() } satisfies Answer);
});

function hasWebgl(): boolean {
  return typeof OffscreenCanvas !== "undefined" && new OffscreenCanvas(1, 1).getContext("webgl2") !== null;
}
