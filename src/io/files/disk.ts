import { copyFile, mkdir, open, readdir, rename, rm, rmdir, stat } from "node:fs/promises";

/** The steps of a save on a disk, in one place: a test makes each of them fail. */
export const disk = {
  /** What a path leads to, through links. */
  async kindOf(path: string): Promise<"nothing" | "folder" | "file" | "other"> {
    const found = await stat(path).catch((error: unknown) => {
      if (isSystemError(error, "ENOENT")) return undefined;
      throw error;
    });
    if (found === undefined) return "nothing";
    return found.isDirectory() ? "folder" : found.isFile() ? "file" : "other";
  },

  /** Makes a folder and those above it, as far as they are not there. */
  async makeFolders(path: string): Promise<void> {
    await mkdir(path, { recursive: true });
  },

  /** Makes a folder that must not be there yet. */
  async makeFolder(path: string): Promise<void> {
    await mkdir(path);
  },

  /** Writes a file that must not be there yet, and returns once it is on the disk. */
  async write(path: string, content: string | Uint8Array): Promise<void> {
    const file = await open(path, "wx");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
  },

  /** Copies a file, or nothing where it is not there. */
  async copyIfThere(from: string, to: string): Promise<void> {
    await copyFile(from, to).catch((error: unknown) => {
      if (!isSystemError(error, "ENOENT")) throw error;
    });
  },

  /** Returns once what a folder lists is on the disk. */
  async sync(folder: string): Promise<void> {
    // Windows opens no folders, and needs none of it.
    if (process.platform === "win32") return;
    const handle = await open(folder, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },

  /** In one step, which is done or not done: never half. */
  async rename(from: string, to: string): Promise<void> {
    await rename(from, to);
  },

  /** Removes a file, or a folder with all in it. */
  async remove(path: string): Promise<void> {
    await rm(path, { recursive: true, force: true });
  },

  /** Removes a folder if nothing is in it. */
  async removeEmpty(folder: string): Promise<void> {
    await rmdir(folder);
  },

  async list(folder: string): Promise<readonly string[]> {
    return readdir(folder);
  },
};

/** Whether an error is the system's, with one of these codes. */
export function isSystemError(error: unknown, ...codes: readonly string[]): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error && typeof error.code === "string" && codes.includes(error.code);
}
