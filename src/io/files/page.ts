import type * as tf from "@tensorflow/tfjs-core";
import { HyperparameterError } from "../../errors.ts";
import type { ModelFile } from "../model-file.ts";

/** A page has no file system of its own. @throws ModelFileError that says what it has */
export function fileHandler(file: ModelFile, _path: string): tf.io.IOHandler {
  const mend =
    "Use indexeddb://name or localstorage://name to keep a model in the browser, downloads://name to hand it out, and the https:// URL of its model.json to open it.";
  throw file.error("a page has no files", { mend });
}

/** @throws HyperparameterError that says what a page has instead */
export async function openCsv(who: string, path: string, _header: string, _append: boolean): Promise<never> {
  const message = `${who} cannot write ${JSON.stringify(path)}: a page has no files.`;
  throw new HyperparameterError(`${message} Give a function that keeps each line.`, "target", path);
}
