import { mkdir, readFile, rename, rm, statfs, writeFile } from "node:fs/promises";
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
  const owner = Number(await readFile(join(folder, "pid"), "utf8").catch(() => "0"));
  if (owner > 0 && isAlive(owner)) throw busy(folder, `process ${owner}`);
  await rm(folder, { recursive: true, force: true });
  const own = `${folder}-${process.pid}`;
  await mkdir(own);
  await writeFile(join(own, "pid"), String(process.pid));
  // With the owner's name in it from the first moment, so that nobody takes it for one that was left.
  await rename(own, folder).catch(async () => {
    await rm(own, { recursive: true });
    throw busy(folder, "it began just now");
  });
}

function busy(folder: string, owner: string): NativeBuildError {
  const message = `Another rivulet native (${owner}) is at work in ${folder}. Wait for it, or remove that folder.`;
  return new NativeBuildError(message, "requirements");
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
