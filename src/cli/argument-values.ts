import { accessSync, constants, readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { InvalidArgumentError } from "commander";
import type { BackendName } from "../backend/candidate.ts";
import { isPositiveInteger } from "../hyperparameter.ts";

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

/**
 * A number that makes sense.
 *
 * @param mend what to give instead
 * @throws InvalidArgumentError
 */
export function numberFrom(text: string, isValid: (value: number) => boolean, mend: string): number {
  const value = text.trim() === "" ? NaN : Number(text);
  if (isValid(value)) return value;
  throw new InvalidArgumentError(mend);
}

/** A whole number above 0. @throws InvalidArgumentError */
export function wholeNumber(text: string): number {
  return numberFrom(text, isPositiveInteger, "Give a whole number above 0.");
}

const mostUnits = 4096;

/** The size of an axis of a tensor. @throws InvalidArgumentError */
export function axisSize(text: string): number {
  const isSize = (value: number) => isPositiveInteger(value) && value <= mostUnits;
  return numberFrom(text, isSize, `Give a whole number from 1 to ${mostUnits}.`);
}

/** The units of each hidden layer, `16,16`. @throws InvalidArgumentError */
export function hiddenUnits(text: string): readonly number[] {
  const isValid = (units: number) => isPositiveInteger(units) && units <= mostUnits;
  const mend = `Give whole numbers from 1 to ${mostUnits}, with commas between, such as 32,16.`;
  return text.split(",").map((units) => numberFrom(units, isValid, mend));
}
