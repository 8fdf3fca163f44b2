import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Machine } from "./machine.ts";
import { NativeBuildError } from "./native-build-error.ts";
import { recordNodeModules } from "./node-modules-record.ts";
import { binding, findBinding, type Project } from "./project.ts";
import { runProcess } from "./run-process.ts";

/** Sources that were added. */
export interface Sources {
  /** The binding's folder. */
  readonly folder: string;
  /** Takes away all that was added for them. */
  readonly undo: () => Promise<void>;
}

/** @throws NativeBuildError if they are of another version than rivulet goes with */
export async function expectBindingVersion(folder: string): Promise<void> {
  const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as { version?: string };
  if (version === binding.version) return;
  const message = `rivulet goes with ${binding.name} ${binding.version}; ${folder} is ${version}.`;
  throw new NativeBuildError(`${message} Install that version, then run this again.`, "sources");
}

/** @throws NativeBuildError if the binding is not there and another package manager than npm laid the project out */
export function expectAddable({ isNpms, addCommand }: Project): void {
  if (isNpms) return;
  const message = `The sources of ${binding.name} are not there, and this project is not npm's. Add them first: ${addCommand}`;
  throw new NativeBuildError(message, "sources");
}

/** What npm is run with. */
interface NpmRun {
  readonly npm: readonly string[];
  readonly machine: Machine;
  readonly signal: AbortSignal;
}

async function npmInstall(project: Project, { npm, machine, signal }: NpmRun, ...more: readonly string[]) {
  const quiet = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"];
  const command = [...npm, "install", ...quiet, ...more, `${binding.name}@${binding.version}`];
  return runProcess(command, { env: machine.env, signal, folder: project.folder });
}

/**
 * Adds the binding's sources to the project by npm, without their install script, whose download is what this avoids,
 * and without an entry in package.json or the lock file.
 *
 * @throws NativeBuildError with npm's reason, all it did undone
 */
export async function addSources(project: Project, run: NpmRun): Promise<Sources> {
  const record = await recordNodeModules(project);
  try {
    const { ok, output } = await npmInstall(project, run);
    await record.restoreManifests();
    const folder = findBinding();
    if (ok && folder !== undefined) return { folder, undo: record.restore };
    const lines = output.split("\n").filter((line) => line.trim() !== "" && !line.includes("A complete log"));
    const reason = lines.slice(0, 3).join(" ").slice(0, 300) || "it gave no reason";
    const message = `npm could not add the sources of ${binding.name} (${project.addCommand}): ${reason}`;
    throw new NativeBuildError(`${message}. Nothing was changed.`, "sources");
  } catch (error) {
    await record.restore();
    throw error;
  }
}

/**
 * Whatever npm installs, it also removes packages that no package.json asks for: linked ones, or ones added with --no-save.
 *
 * @throws NativeBuildError that names those that adding the sources would remove
 */
export async function expectNothingRemoved(project: Project, run: NpmRun): Promise<void> {
  const names = removedBy((await npmInstall(project, run, "--dry-run", "--json")).output);
  if (names.length === 0) return;
  const message = `To add the sources, npm would remove what no package.json asks for: ${names.join(", ")}.`;
  throw new NativeBuildError(`${message} Save or remove that first. Nothing was changed.`, "sources");
}

/** npm prints the plan as JSON after a line for each package. What it says instead of a plan, installing will show. */
function removedBy(output: string): readonly string[] {
  const start = output.startsWith("{") ? 0 : output.indexOf("\n{");
  if (start < 0) return [];
  try {
    const plan = JSON.parse(output.slice(start, output.lastIndexOf("}") + 1)) as { remove?: { name: string }[] };
    return (plan.remove ?? []).map(({ name }) => name);
  } catch {
    return [];
  }
}
