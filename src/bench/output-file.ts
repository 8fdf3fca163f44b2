import { randomUUID } from "node:crypto";
import { closeSync, existsSync, openSync, rmSync } from "node:fs";
import { chmod, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { isSystemError } from "../io/files/disk.ts";
import { reasonOf, systemReasons } from "../io/files/system-reasons.ts";

/** Why a file cannot be written, and what to do; undefined where it can. Leaves everything as it was. */
export function whyUnwritable(path: string): string | undefined {
  if (path === "") return "Name a file.";
  const isThere = existsSync(path);
  try {
    closeSync(openSync(path, "a"));
    if (!isThere) rmSync(path);
    return undefined;
  } catch (error) {
    return sentenceOf(error);
  }
}

/** Whether a file can be written anew in one step: one that is not there, or a plain one. Not a pipe, nor a terminal. */
export async function isReplaceable(path: string): Promise<boolean> {
  const there = await stat(path).catch(() => undefined);
  return there === undefined || there.isFile();
}

/**
 * Writes a text, where that can be in one step: a process that dies meanwhile leaves what was there before.
 *
 * @throws Error with a line that says which file, why not, and what to do
 */
export async function writeText(path: string, text: string): Promise<void> {
  try {
    if (!(await isReplaceable(path)) || !(await replace(path, text))) await writeFile(path, text);
  } catch (error) {
    throw new Error(`Cannot write ${JSON.stringify(path)}. ${sentenceOf(error)}`, { cause: error });
  }
}

/** @returns false where only the file may be written, and none beside it */
async function replace(path: string, text: string): Promise<boolean> {
  // Of a link, what it leads to.
  const target = await realpath(path).catch(() => path);
  const beside = `${target}.${randomUUID()}.partial`;
  try {
    const there = await stat(target).catch(() => undefined);
    await writeFile(beside, text, { flag: "wx", mode: there?.mode ?? 0o666 });
    // The user's mask has taken from the mode what the file that is there may have.
    if (there !== undefined) await chmod(beside, there.mode);
    await rename(beside, target);
    return true;
  } catch (error) {
    await rm(beside, { force: true });
    if (isSystemError(error, "EACCES", "EPERM")) return false;
    throw error;
  }
}

const reasons = {
  ...systemReasons,
  EISDIR: ["that is a folder", "Name a file in it."],
  ENOENT: ["there is no such folder", "Make it first, or check the path."],
  EACCES: ["this user has no right to write it", "Choose another place, or change its rights."],
} as const;

function sentenceOf(error: unknown): string {
  const [problem, mend] = reasonOf(error, reasons) ?? [error instanceof Error ? error.message : String(error), ""];
  return `${problem.charAt(0).toUpperCase()}${problem.slice(1)}. ${mend}`.trim();
}
