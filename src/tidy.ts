import * as tf from "@tensorflow/tfjs-core";
import { InUseError } from "./errors.ts";

/** @throws InUseError inside `tf.tidy`, which would free the tensors of an asynchronous call before it ends */
export function expectNoTidy(who: string): void {
  if (tf.engine().state.scopeStack.length === 0) return;
  throw new InUseError(
    `${who} is asynchronous and cannot run inside tf.tidy, which frees its tensors too soon. Call it outside.`,
  );
}
