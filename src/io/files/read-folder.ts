import { dirname, join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import type { Json } from "../../saved-layer.ts";
import { entryOf, expectShallow } from "../json.ts";
import type { ModelFile } from "../model-file.ts";
import { readWeightSpecs } from "../weights.ts";
import { disk, isSystemError } from "./disk.ts";
import { openFile, readText, type OpenFile } from "./read-file.ts";

/** More saves than ever come between two steps of one load. */
const mostTries = 100;

/**
 * A model from its folder, or by the path of its model.json. The sizes of all files are known to fit what model.json says
 * before any weight is read. Where a save replaces the model meanwhile, it is read anew.
 *
 * @throws ModelFileError; what the system does
 */
export async function readFolder(file: ModelFile, path: string): Promise<tf.io.ModelArtifacts> {
  const modelJson = (await disk.kindOf(path)) === "folder" ? join(path, "model.json") : path;
  for (let tries = 1; ; tries++) {
    const text = await readText(modelJson);
    try {
      return await readModel(file, text, dirname(modelJson));
    } catch (error) {
      const isReplaced = tries < mostTries && (await readText(modelJson)) !== text;
      if (!isReplaced) throw error;
    }
  }
}

async function readModel(file: ModelFile, text: string, folder: string): Promise<tf.io.ModelArtifacts> {
  const json = parse(file, text);
  const { paths, entries } = readManifest(file, entryOf(json, "weightsManifest"));
  const opened: OpenFile[] = [];
  try {
    for (const path of paths) opened.push(await openWeights(file, folder, path));
    const size = opened.reduce((sum, weights) => sum + weights.size, 0);
    readWeightSpecs(file, entries, size);
    const weightData: ArrayBuffer[] = [];
    for (const weights of opened) weightData.push(await weights.read());
    return { ...(json as object), weightSpecs: entries as unknown as tf.io.WeightsManifestEntry[], weightData };
  } finally {
    for (const weights of opened) await weights.close();
  }
}

const cutOff = "It was cut off or altered: save the model anew, or take another copy.";

function parse(file: ModelFile, text: string): Json {
  try {
    const json = JSON.parse(text) as Json;
    expectShallow(file, json);
    return json;
  } catch (cause) {
    if (cause instanceof SyntaxError) throw file.error("its model.json is no JSON", { mend: cutOff, cause });
    throw cause;
  }
}

function readManifest(
  file: ModelFile,
  manifest: Json | undefined,
): { paths: readonly string[]; entries: readonly Json[] } {
  file.expect(Array.isArray(manifest), "weightsManifest", "an array", manifest);
  const groups = (manifest as readonly Json[]).map((group, index) => {
    const where = `weightsManifest[${index}]`;
    const paths = entryOf(group, "paths");
    file.expect(Array.isArray(paths), `${where}.paths`, "an array of paths", paths);
    for (const path of paths as readonly Json[]) expectInside(file, `${where}.paths`, path);
    const weights = entryOf(group, "weights");
    file.expect(Array.isArray(weights), `${where}.weights`, "an array", weights);
    return { paths: paths as readonly string[], weights: weights as readonly Json[] };
  });
  return { paths: groups.flatMap(({ paths }) => paths), entries: groups.flatMap(({ weights }) => weights) };
}

/** @throws ModelFileError for a path that leads out of the model's folder, on whichever system */
function expectInside(file: ModelFile, where: string, path: Json): void {
  const isInside = typeof path === "string" && /^[^/\\:\0]/.test(path) && !/[\\:\0]|(^|\/)\.\.(\/|$)/.test(path);
  const mend = "Weights stand beside their model.json.";
  file.expect(isInside, where, "paths within the model's folder", path, mend);
}

async function openWeights(file: ModelFile, folder: string, path: string): Promise<OpenFile> {
  return openFile(join(folder, path)).catch((cause: unknown) => {
    if (!isSystemError(cause, "ENOENT")) throw cause;
    const mend = "Copy all of a model's files, not only its model.json.";
    throw file.error(`its weights ${JSON.stringify(path)} are not beside its model.json`, { where: path, mend, cause });
  });
}
