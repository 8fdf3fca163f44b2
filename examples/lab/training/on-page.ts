import { useBackend } from "rivulet";
import { startCpuBackend } from "../shell/cpu-backend.ts";
import type { TrainingListener, TrainingLink } from "./connect.ts";
import { Trainer } from "./trainer.ts";

/** Trains on this thread, which other pages compute on too: what they compute with is started before, and comes back after. */
export async function trainOnPage({ onEvent }: TrainingListener, wasmFolder: string): Promise<TrainingLink> {
  // Once: whoever asks for it later must not take the backend away in the midst of a training.
  await startCpuBackend();
  const trainer = new Trainer(onEvent, wasmFolder);
  const close = async () => {
    await trainer.close();
    await useBackend("cpu");
  };
  return { place: "page", send: (command) => trainer.handle(command), close: () => void close() };
}
