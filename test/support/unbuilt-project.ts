import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFolder } from "./run.ts";

/** A user's project with rivulet in it, and tfjs-node's sources with nothing built. */
export interface UnbuiltProject {
  readonly folder: string;
  /** rivulet's command in it. */
  readonly command: string;
  /** Every file and folder in it. */
  readonly list: () => Promise<readonly string[]>;
  readonly remove: () => Promise<void>;
}

/** What tfjs-node's package brings, as far as a build reads it. */
const bindingSources = ["package.json", "binding.gyp", "binding"];

/** Lays one out in a temporary folder, with links to this project's packages. */
export async function unbuiltProject(): Promise<UnbuiltProject> {
  const folder = await mkdtemp(join(tmpdir(), "rivulet-native-"));
  const here = join(projectFolder, "node_modules");
  const there = join(folder, "node_modules");
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "user", type: "module", private: true }));
  for (const name of ["commander", "fastest-levenshtein", "which", "yauzl", "@mapbox", "@tensorflow/tfjs-core"]) {
    await mkdir(join(there, name, ".."), { recursive: true });
    await symlink(join(here, name), join(there, name));
  }
  for (const name of ["package.json", "dist"]) {
    await cp(join(projectFolder, name), join(there, "rivulet", name), { recursive: true });
  }
  for (const name of bindingSources) {
    const path = join("@tensorflow/tfjs-node", name);
    await cp(join(here, path), join(there, path), { recursive: true });
  }
  return {
    folder,
    command: join(there, "rivulet/dist/src/cli/main.js"),
    list: async () => (await readdir(folder, { recursive: true })).toSorted(),
    remove: async () => rm(folder, { recursive: true }),
  };
}
