import { basename, resolve } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import type { ModelFile } from "../model-file.ts";
import { isSystemError } from "./disk.ts";
import { largestText } from "./read-file.ts";
import { readFolder } from "./read-folder.ts";
import { writeFolder } from "./write-folder.ts";

/**
 * Models in folders, as tfjs-node has them: model.json and a file with the weights, the path as it stands after `file://`.
 * rivulet's own, so that it needs no tfjs-node and a crash never leaves half a model.
 *
 * @throws ModelFileError for no path
 */
export function fileHandler(file: ModelFile, path: string): tf.io.IOHandler {
  if (path === "") throw file.error("it names no folder", { mend: 'Name one: "file://model".' });
  return {
    save: async (artifacts) => explain(file, () => save(file, path, artifacts)),
    load: async () => explain(file, () => readFolder(file, resolve(path))),
  };
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

/** What the system says, in words, with what to do. */
const reasons: Readonly<Record<string, readonly [problem: string, mend: string]>> = {
  EACCES: ["this user has no right to it", "Choose another folder, or change its rights."],
  EDQUOT: ["the disk quota is used up", "Free some space, or choose another disk."],
  EISDIR: ["a folder stands where a file should", "Choose another folder."],
  ENAMETOOLONG: ["its name is too long", "Choose a shorter one."],
  ENOENT: ["there is no model.json", "Check the path, which starts from the folder that Node was started in."],
  ENOSPC: ["the disk is full", "Free some space, or choose another disk."],
  ENOTDIR: ["a part of its path is a file, not a folder", "Check the path."],
  EPERM: ["this user has no right to it", "Choose another folder, or change its rights."],
  EROFS: ["the disk is read-only", "Choose another one."],
};

async function explain<Result>(file: ModelFile, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (cause) {
    if (!isSystemError(cause, ...Object.keys(reasons))) throw file.wrap(cause);
    const [problem, mend] = reasons[cause.code ?? ""] ?? [cause.message, ""];
    throw file.error(problem, { mend, cause });
  }
}
