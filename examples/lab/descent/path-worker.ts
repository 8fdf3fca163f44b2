/** Descends in a worker of its own: a long way must not hold up the page. It says when it is ready. */
import * as tf from "@tensorflow/tfjs-core";
import { startCpuBackend } from "../shell/cpu-backend.ts";
import { findPaths, type FoundPath, type PathTask } from "./path-task.ts";

/** What the page asks for. What it asked for before is not wanted any more. */
export interface PathRequest {
  readonly turn: number;
  readonly task: PathTask;
}

/** What it is told; `turn` is that of the request. */
export type PathEvent =
  | { readonly kind: "ready" }
  | { readonly kind: "found"; readonly turn: number; readonly found: FoundPath }
  | { readonly kind: "done"; readonly turn: number; readonly tensors: number }
  | { readonly kind: "failed"; readonly turn: number };

let wanted = new AbortController();

addEventListener("message", ({ data }: MessageEvent<PathRequest>) => {
  wanted.abort();
  wanted = new AbortController();
  void answer(data, wanted.signal);
});

async function answer({ turn, task }: PathRequest, whileWanted: AbortSignal): Promise<void> {
  try {
    for await (const found of findPaths(task, whileWanted)) tell({ kind: "found", turn, found });
    if (!whileWanted.aborted) tell({ kind: "done", turn, tensors: tf.memory().numTensors });
  } catch {
    // The page tries it itself, and says what is wrong.
    tell({ kind: "failed", turn });
  }
}

function tell(event: PathEvent): void {
  postMessage(event);
}

await startCpuBackend();
tell({ kind: "ready" });
