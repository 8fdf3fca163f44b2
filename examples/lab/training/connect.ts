import type { Command, TrainingEvent } from "./messages.ts";
import { connectWorker, type LinkListener, type WorkerLink } from "./worker-link.ts";

/** The page's end of the training. */
export type TrainingLink = WorkerLink<Command>;

/** What is told of the training. */
export type TrainingListener = LinkListener<TrainingEvent>;

/** Has the training stand ready, in a worker or on this thread. */
export async function connectTraining(listener: TrainingListener): Promise<TrainingLink> {
  const makeWorker = () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  return connectWorker<Command, TrainingEvent>(makeWorker, listener, async (wasmFolder) => {
    const { trainOnPage } = await import("./on-page.ts");
    return trainOnPage(listener, wasmFolder);
  });
}
