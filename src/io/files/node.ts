import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs-core";
import type { ModelFile } from "../model-file.ts";
import { largestText } from "./read-file.ts";
import { readFolder } from "./read-folder.ts";
import { reasonOf, systemReasons } from "./system-reasons.ts";
import { writeFolder } from "./write-folder.ts";

export { openCsv } from "./csv-file.ts";

/**
 * Models in folders, as tfjs-node has them: model.json and a file with the weights. rivulet's own, so that it needs no tfjs-node and a crash never leaves half a model.
 *
 * @param after what stands after `file://`
 * @throws ModelFileError for no path
 */
export function fileHandler(file: ModelFile, after: string): tf.io.IOHandler {
  const path = pathOf(after);
  if (path === "") throw file.error("it names no folder", { mend: 'Name one: "file://model".' });
  return {
    save: async (artifacts) => explain(file, () => save(file, path, artifacts)),
    load: async () => explain(file, () => readFolder(file, resolve(path))),
  };
}

/**
 * The path of a URL: decoded where it is one as `pathToFileURL` writes it, absolute and with all encoded that has to be;
 * else as it stands, as in tfjs-node.
 */
function pathOf(after: string): string {
  const url = `file://${after}`;
  const isEncoded = after.startsWith("/") && !/[?#]/.test(after) && URL.canParse(url) && new URL(url).href === url;
  try {
    return isEncoded ? fileURLToPath(url) : after;
  } catch {
    // A % that encodes nothing; on Windows, a path without a drive.
    return after;
  }
}

async function save(file: ModelFile, path: string, artifacts: tf.io.ModelArtifacts): Promise<tf.io.SaveResult> {
  if (path.endsWith(".json")) {
    const mend = `A model is a folder with several files: name that one, "file://${path.slice(0, -basename(path).length) || "model"}".`;
    throw file.error("it is the path of a file", { mend });
  }
  const { weightData, weightSpecs = [], ...rest } = artifacts;
  const json = (name: string) => {
    const text = JSON.stringify({ ...rest, weightsManifest: [{ paths: [name], weights: weightSpecs }] });
    // In UTF-8 a character takes up to three bytes of each of its units.
    if (3 * text.length <= largestText) return text;
    const mend = "Its history may be that long: set model.history to undefined.";
    throw file.error("its model.json would be too long to be read again", { mend });
  };
  const weights = new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData));
  await writeFolder(resolve(path), { json, weights });
  return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
}

const reasons = {
  ...systemReasons,
  ENOENT: ["there is no model.json", "Check the path, which starts from the folder that Node was started in."],
} as const;

async function explain<Result>(file: ModelFile, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (cause) {
    const reason = reasonOf(cause, reasons);
    if (reason === undefined) throw file.wrap(cause);
    const [problem, mend] = reason;
    throw file.error(problem, { mend, cause });
  }
}
