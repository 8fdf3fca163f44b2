import { connectWorker, type LinkListener, type WorkerLink } from "../training/worker-link.ts";
import type { Command, RaceEvent } from "./messages.ts";

/** The page's end of the racing. */
export type RaceLink = WorkerLink<Command>;

/** Has the racing stand ready, in a worker or on this thread. */
export async function connectRacing(listener: LinkListener<RaceEvent>): Promise<RaceLink> {
  const makeWorker = () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  return connectWorker<Command, RaceEvent>(makeWorker, listener, async (wasmFolder) => {
    const { Racer } = await import("./racer.ts");
    const racer = new Racer(listener.onEvent, wasmFolder);
    return { place: "page", send: (command) => racer.handle(command), close: () => void racer.close() };
  });
}
