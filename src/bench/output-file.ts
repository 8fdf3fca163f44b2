import { closeSync, existsSync, openSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
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

/** Writes a text. @throws Error with a line that says which file, why not, and what to do */
export async function writeText(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    throw new Error(`Cannot write ${JSON.stringify(path)}. ${sentenceOf(error)}`, { cause: error });
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
