import { isSystemError } from "./disk.ts";

/** What the system says, in words, with what to do. */
type SystemReasons = Readonly<Record<string, readonly [problem: string, mend: string]>>;

/** Those that do not depend on what a file is for, by the system's codes. */
export const systemReasons: SystemReasons = {
  EACCES: ["this user has no right to it", "Choose another folder, or change its rights."],
  EDQUOT: ["the disk quota is used up", "Free some space, or choose another disk."],
  EISDIR: ["a folder stands where a file should", "Choose another folder."],
  ENAMETOOLONG: ["its name is too long", "Choose a shorter one."],
  ENOSPC: ["the disk is full", "Free some space, or choose another disk."],
  ENOTDIR: ["a part of its path is a file, not a folder", "Check the path."],
  EPERM: ["this user has no right to it", "Choose another folder, or change its rights."],
  EROFS: ["the disk is read-only", "Choose another one."],
};

/** Why the system did not do it; undefined where these reasons do not say. */
export function reasonOf(error: unknown, reasons: SystemReasons): SystemReasons[string] | undefined {
  return isSystemError(error, ...Object.keys(reasons)) ? reasons[error.code ?? ""] : undefined;
}
