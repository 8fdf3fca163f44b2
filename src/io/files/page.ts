import type * as tf from "@tensorflow/tfjs-core";
import type { ModelFile } from "../model-file.ts";

/** A page has no file system of its own. @throws ModelFileError that says what it has */
export function fileHandler(file: ModelFile, _path: string): tf.io.IOHandler {
  const mend =
    "Use indexeddb://name or localstorage://name to keep a model in the browser, downloads://name to hand it out, and the https:// URL of its model.json to open it.";
  throw file.error("a page has no files", { mend });
}
