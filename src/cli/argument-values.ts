import { accessSync, constants, readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { InvalidArgumentError } from "commander";
import type { BackendName } from "../backend/candidate.ts";

/** The backends that there are in Node. */
export const nodeBackends = ["auto", "tensorflow", "wasm", "cpu", "webgpu"] as const satisfies readonly (
  | BackendName
  | "auto"
)[];

/** What a path leads to. Also names that no file can have are nothing. */
function kindOf(path: string): "nothing" | "folder" | "file" | "other" {
  try {
    const found = statSync(path);
    return found.isDirectory() ? "folder" : found.isFile() ? "file" : "other";
  } catch {
    return "nothing";
  }
}

/** A file, or a pipe. @throws InvalidArgumentError */
export function existingFile(path: string): string {
  const kind = kindOf(path);
  if (kind === "file" || kind === "other") return path;
  throw new InvalidArgumentError(kind === "folder" ? "That is a folder." : "There is no such file.");
}

/** A file that can be read again. @throws InvalidArgumentError */
export function lastingFile(path: string): string {
  if (kindOf(path) !== "other") return existingFile(path);
  throw new InvalidArgumentError("That can be read only once, and is needed twice: save it as a file.");
}

/** @throws InvalidArgumentError */
export function existingFolder(path: string): string {
  const kind = kindOf(path);
  if (kind === "folder") return path;
  throw new InvalidArgumentError(kind === "nothing" ? "There is no such folder." : "That is a file, not a folder.");
}

/**
 * A folder that a model may be saved in: a new one, an empty one, or one that holds a model, which is replaced. What would
 * fail after a long training is to fail before it.
 *
 * @throws InvalidArgumentError
 */
export function modelFolder(path: string): string {
  const fail = (mend: string): never => {
    throw new InvalidArgumentError(mend);
  };
  if (path === "") fail("Name a folder.");
  if (path.endsWith(".json")) fail("A model is a folder with several files: name that one.");
  const kind = kindOf(path);
  if (kind === "file" || kind === "other") fail("That is a file, not a folder.");
  if (kind === "folder" && kindOf(join(path, "model.json")) !== "file") {
    const others = readdirSync(path).filter((name) => !name.startsWith("."));
    if (others.length > 0) fail("That folder holds other files and no model: name a new one.");
  }
  let parent = resolve(path);
  while (kindOf(parent) === "nothing" && parent !== dirname(parent)) parent = dirname(parent);
  if (kindOf(parent) !== "folder") fail(`${parent} is a file, not a folder.`);
  if (!isWritable(parent)) fail(`This user has no right to write in ${parent}.`);
  return path;
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** What stands between cells. @throws InvalidArgumentError */
export function delimiter(text: string): string {
  const character = text === "tab" || text === String.raw`\t` ? "\t" : text;
  if (character.length === 1 && !/["\r\n\p{L}\d.]/u.test(character)) return character;
  throw new InvalidArgumentError("Give one character such as ; or the word tab.");
}
