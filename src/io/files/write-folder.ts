import { dirname, join } from "node:path";
import { disk, isSystemError } from "./disk.ts";
import { namedWeights } from "./named-weights.ts";
import { stagingName, stagingsIn, token } from "./staging.ts";

/** A model's two files. */
export interface FolderContent {
  /** model.json, which names the file with the weights. */
  readonly json: (weightsName: string) => string;
  readonly weights: Uint8Array;
}

const modelName = "model.json";

/** The model.json that a save finds, kept among its own files until the weights that it names are gone. */
const replacedName = "replaced.json";

/** What a folder's weights are called that one save after another has replaced: a name is never used twice. */
const replacedWeights = /^weights-[0-9a-f]{8}\.bin$/;

/**
 * Puts a model into a folder so that at every moment, and after a crash at any moment, the folder holds a whole model: the
 * old one or the new. A new folder is made beside its place and renamed. In one that is there already, the weights come
 * first, under a name of their own; then a model.json that names them takes the old one's place in one step; then the old
 * weights go. Saves from several processes at once each do so: the last one to take that step has saved.
 *
 * @throws what the system does; Error if the path is no folder. The folder is then as it was.
 */
export async function writeFolder(folder: string, content: FolderContent): Promise<void> {
  const kind = await disk.kindOf(folder);
  if (kind === "folder") await replaceIn(folder, content);
  else if (kind === "nothing") await createWhole(folder, content);
  else throw new Error("it is a file, not a folder: choose another path");
}

async function createWhole(folder: string, content: FolderContent): Promise<void> {
  const parent = dirname(folder);
  const missing = await missingFrom(parent);
  const staging = join(parent, stagingName());
  try {
    await disk.makeFolders(parent);
    await stage(staging, content, "weights.bin");
    await disk.rename(staging, folder);
  } catch (error) {
    await silently(() => disk.remove(staging));
    // Another save has made it meanwhile.
    if (isSystemError(error, "ENOTEMPTY", "EEXIST")) return replaceIn(folder, content);
    for (const path of missing) await silently(() => disk.removeEmpty(path));
    throw error;
  }
  await disk.sync(parent);
  await silently(async () => removeAll((await stagingsIn(parent)).abandoned));
}

/** The folders on the way to one that are not there, itself first. */
async function missingFrom(folder: string): Promise<readonly string[]> {
  const missing: string[] = [];
  for (let path = folder; (await disk.kindOf(path)) === "nothing"; path = dirname(path)) missing.push(path);
  return missing;
}

async function replaceIn(folder: string, content: FolderContent): Promise<void> {
  const staging = join(folder, stagingName());
  const weightsName = `weights-${token()}.bin`;
  try {
    await stage(staging, content, weightsName);
    await disk.copyIfThere(join(folder, modelName), join(staging, replacedName));
    await disk.rename(join(staging, weightsName), join(folder, weightsName));
    // What is named must be on the disk before what names it.
    await disk.sync(folder);
    await disk.rename(join(staging, modelName), join(folder, modelName));
    await disk.sync(folder);
  } finally {
    await silently(async () => removeUnnamed(folder, await replacedBy(staging)));
    await silently(() => disk.remove(staging));
    await silently(() => clearAfterOthers(folder));
  }
}

/** Gets both files ready in a folder of their own. */
async function stage(staging: string, { json, weights }: FolderContent, weightsName: string): Promise<void> {
  await disk.makeFolder(staging);
  await disk.write(join(staging, weightsName), weights);
  await disk.write(join(staging, modelName), json(weightsName));
  await disk.sync(staging);
}

/** Removes what other saves left: those that were killed, and those that could not know who else was at work. */
async function clearAfterOthers(folder: string): Promise<void> {
  // The order counts: weights that are listed, while no other save is at work after that, were named by then or never will be.
  const listed = (await disk.list(folder)).filter((name) => replacedWeights.test(name));
  const { abandoned, isOneAtWork } = await stagingsIn(folder);
  const replaced = (await Promise.all(abandoned.map(replacedBy))).flat();
  await removeUnnamed(folder, isOneAtWork ? replaced : [...replaced, ...listed]);
  await removeAll(abandoned);
}

/** The weights that a save replaces. Once it has, no model names them again. */
async function replacedBy(staging: string): Promise<readonly string[]> {
  return (await silently(() => namedWeights(join(staging, replacedName)))) ?? [];
}

async function removeUnnamed(folder: string, weights: readonly string[]): Promise<void> {
  const named = await namedWeights(join(folder, modelName));
  await removeAll(weights.filter((name) => !named.includes(name)).map((name) => join(folder, name)));
}

async function removeAll(paths: readonly string[]): Promise<void> {
  for (const path of paths) await disk.remove(path);
}

/** Clearing up is no part of saving: where it fails, something is left behind, and the model is whole. */
async function silently<Result>(act: () => Promise<Result>): Promise<Result | undefined> {
  return act().catch(() => undefined);
}
