import * as tf from "@tensorflow/tfjs-core";
import { BackendError } from "../errors.ts";

/** @throws BackendError if no backend was started: tensors have nowhere to live */
export function expectBackend(): void {
  try {
    tf.backend();
  } catch {
    throw new BackendError("No backend runs yet. Call `await useBackend()` first, once, before making a model.");
  }
}
