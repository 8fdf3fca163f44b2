import { readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Project } from "./project.ts";

/** How a project's node_modules were before npm worked on them. */
export interface NodeModulesRecord {
  /** Puts package.json and the lock file back as they were, should npm have written to them. */
  readonly restoreManifests: () => Promise<void>;
  /** The same, and removes every package that came since. */
  readonly restore: () => Promise<void>;
}

/** Takes down which packages and commands stand in a project's node_modules. */
export async function recordNodeModules({ folder, nodeModules }: Project): Promise<NodeModulesRecord> {
  const before = new Set(await list(nodeModules));
  const manifests = await Promise.all(
    ["package.json", "package-lock.json", "npm-shrinkwrap.json"].map((name) => remember(join(folder, name))),
  );
  const installed = await remember(join(nodeModules, ".package-lock.json"));
  const restoreManifests = async () => {
    for (const restore of manifests) await restore();
  };
  const restore = async () => {
    await restoreManifests();
    const added = (await list(nodeModules)).filter((path) => !before.has(path));
    for (const path of added) await rm(join(nodeModules, path), { recursive: true, force: true });
    await installed();
  };
  return { restoreManifests, restore };
}

/** Packages, with their scopes, and the commands' links. */
async function list(nodeModules: string): Promise<readonly string[]> {
  const names = await readdir(nodeModules);
  const folders = names.filter((name) => name.startsWith("@") || name === ".bin");
  const within = await Promise.all(
    folders.map(async (folder) => (await readdir(join(nodeModules, folder))).map((name) => join(folder, name))),
  );
  return [...names, ...within.flat()];
}

/** Returns what puts a file back as it is now, down to its time, by which npm tells whether its own is still true. */
async function remember(file: string): Promise<() => Promise<void>> {
  const content = await readFile(file).catch(() => undefined);
  if (content === undefined) return () => rm(file, { force: true });
  const { atime, mtime } = await stat(file);
  return async () => {
    const now = await readFile(file).catch(() => undefined);
    if (now?.equals(content) === true) return;
    await writeFile(file, content);
    await utimes(file, atime, mtime);
  };
}
