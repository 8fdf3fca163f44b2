import { existsSync } from "node:fs";
import { mkdir, readFile, rm, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { NativeBuildError } from "./native-build-error.ts";
import { megabytes } from "./step.ts";

/** The packed wheel and what is unpacked of it, rounded up. */
const bytesNeeded = 1.4e9;

/**
 * Lets work prepare things in a folder of its own within node_modules, on the disk that they end up on, and removes it
 * however the work ends.
 *
 * @throws NativeBuildError if another one is at it, or the disk is too full
 */
export async function withStaging<Result>(
  nodeModules: string,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  // npm leaves dot folders alone.
  const folder = join(nodeModules, ".rivulet-native");
  await claim(folder);
  try {
    const { bavail, bsize } = await statfs(folder);
    if (bavail * bsize < bytesNeeded) {
      const message = `rivulet native needs ${megabytes(bytesNeeded)} in ${nodeModules}, where ${megabytes(bavail * bsize)} are free.`;
      throw new NativeBuildError(`${message} Nothing was changed.`, "requirements");
    }
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Makes the folder, one process at a time; one that a killed process left is cleared away first. */
async function claim(folder: string): Promise<void> {
  const ownerFile = join(folder, "pid");
  if (existsSync(folder)) {
    const owner = Number(await readFile(ownerFile, "utf8").catch(() => "0"));
    if (owner > 0 && isAlive(owner)) {
      const message = `Another rivulet native (process ${owner}) is at work in ${folder}. Wait for it, or remove that folder.`;
      throw new NativeBuildError(message, "requirements");
    }
    await rm(folder, { recursive: true });
  }
  await mkdir(folder);
  await writeFile(ownerFile, String(process.pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is another user's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
