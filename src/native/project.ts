import { existsSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { NativeBuildError } from "./native-build-error.ts";

const require = createRequire(import.meta.url);

/** What is built, in the one version that goes with this rivulet's tfjs. */
export const binding = { name: "@tensorflow/tfjs-node", version: "4.22.0" } as const;

/** The folder whose node_modules hold rivulet, or in a clone rivulet's own. */
export interface Project {
  readonly folder: string;
  readonly nodeModules: string;
  /** What adds the binding's sources to it. */
  readonly addCommand: string;
  /** Whether npm laid it out. */
  readonly isNpms: boolean;
}

const others = [
  { lockFile: "pnpm-lock.yaml", addCommand: "pnpm add --ignore-scripts" },
  { lockFile: ".yarnrc.yml", addCommand: "yarn add --mode=skip-build" },
  { lockFile: "yarn.lock", addCommand: "yarn add --ignore-scripts" },
  { lockFile: "bun.lock", addCommand: "bun add --ignore-scripts" },
  { lockFile: "bun.lockb", addCommand: "bun add --ignore-scripts" },
];

/** rivulet's own folder, that of its package.json. */
export function rivuletFolder(): string {
  return dirname(require.resolve("rivulet/package.json"));
}

/**
 * @throws NativeBuildError where rivulet is in no project's node_modules, and has none itself, or nothing can be compiled
 */
export function findProject(): Project {
  const folder = projectFolder(rivuletFolder());
  const nodeModules = join(folder, "node_modules");
  const { name, version } = binding;
  if (!existsSync(join(folder, "package.json")) || !existsSync(nodeModules)) {
    throw new NativeBuildError(
      `rivulet native adds to a project's node_modules, but ${folder} has no package.json beside any. Install rivulet ` +
        `in a project, or add the sources of the binding by hand, ${name}@${version} with --ignore-scripts, and run this again.`,
      "sources",
    );
  }
  if (/\s/.test(folder)) {
    const message = `node-gyp, which compiles the binding, cannot work in a folder whose path has a space: ${folder}.`;
    throw new NativeBuildError(`${message} Move the project, or build in another and copy.`, "requirements");
  }
  const isNpms = ["package-lock.json", "npm-shrinkwrap.json"].some((file) => existsSync(join(folder, file)));
  const other = isNpms ? undefined : others.find(({ lockFile }) => existsSync(join(folder, lockFile)));
  const addCommand = `${other?.addCommand ?? "npm install --no-save --ignore-scripts"} ${name}@${version}`;
  return { folder, nodeModules, addCommand, isNpms: other === undefined };
}

/** The binding's folder as rivulet finds it, links followed. Looked up afresh each time, for npm may just have put it there. */
export function findBinding(): string | undefined {
  const folders = (require.resolve.paths(binding.name) ?? []).map((folder) => join(folder, binding.name));
  const folder = folders.find((candidate) => existsSync(join(candidate, "package.json")));
  return folder === undefined ? undefined : realpathSync(folder);
}

/** The outermost: packages stand in packages' node_modules, and pnpm's in a store within the project's. */
function projectFolder(rivulet: string): string {
  const [folder = rivulet] = rivulet.split(`${sep}node_modules${sep}`);
  return folder;
}
