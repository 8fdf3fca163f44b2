import { join } from "node:path";
import { compileAddon } from "./compile.ts";
import { downloadWheel, tensorflowVersion } from "./download.ts";
import { install, isBuilt } from "./install.ts";
import { linkLibraries } from "./link.ts";
import type { Machine } from "./machine.ts";
import { NativeBuildError } from "./native-build-error.ts";
import { binding, findBinding, findProject } from "./project.ts";
import { findTools, type Tools } from "./requirements.ts";
import { addSources, expectAddable, expectBindingVersion, expectNothingRemoved, type Sources } from "./sources.ts";
import { withStaging } from "./staging.ts";
import { megabytes, seconds, step, type Progress } from "./step.ts";
import { unpackWheel } from "./unpack.ts";
import { tryTraining, type Trial } from "./verify.ts";

/** What a build is asked for, and where. */
export interface NativeBuild extends Progress {
  readonly machine: Machine;
  /** A wheel at hand; without it pip fetches one. */
  readonly wheel: string | undefined;
}

/**
 * Makes the tensorflow backend run where its own install could not: links tfjs-node with the libraries of TensorFlow's
 * Python wheel. Leaves everything as it was if it cannot.
 *
 * @throws NativeBuildError with the reason and the mend
 */
export async function buildNative(build: NativeBuild): Promise<void> {
  const start = performance.now();
  if (await alreadyRuns(build)) return;
  const sources = findBinding();
  const project = findProject();
  if (sources === undefined) expectAddable(project);
  else await expectBindingVersion(sources);
  const needs = { pip: build.wheel === undefined, npm: sources === undefined, signal: build.signal };
  const tools = await findTools(build.machine, needs);
  const npm = { npm: tools.npm ?? [], machine: build.machine, signal: build.signal };
  if (sources === undefined) await expectNothingRemoved(project, npm);
  const add = async () => addSources(project, npm);
  await withStaging(project.nodeModules, async (staging) => {
    const staged = join(staging, "binding");
    await prepareLibraries(build, { tools, staging, staged });
    await buildAddon(build, { sources, add, tools, staged });
  });
  build.say(`The tensorflow backend runs now, and useBackend() takes it. ${seconds(start)} in all.`);
}

async function alreadyRuns({ say, signal, machine }: NativeBuild): Promise<boolean> {
  const folder = findBinding();
  if (folder === undefined || !isBuilt(folder)) return false;
  try {
    await tryTraining(machine.env, signal);
    say("Nothing to do: the tensorflow backend runs, a small network trained on it.");
    return true;
  } catch (error) {
    if (!(error instanceof NativeBuildError)) throw error;
    say(`The addon that is there does not run, and is built anew:\n  ${error.message.slice(0, 78)}`);
    return false;
  }
}

async function prepareLibraries(
  build: NativeBuild,
  { tools, staging, staged }: { readonly tools: Tools; readonly staging: string; readonly staged: string },
): Promise<void> {
  const { machine, signal } = build;
  const { pip } = tools;
  const fetch = async () => downloadWheel(join(staging, "wheel"), { pip: pip ?? [], machine, signal });
  const title = `Fetching the wheel of TensorFlow ${tensorflowVersion} by pip (some 275 MB)`;
  const file = build.wheel ?? (await step(build, title, fetch, ({ bytes }) => megabytes(bytes))).file;
  const deps = join(staged, "deps");
  const unpack = async () => unpackWheel(file, deps, { machine, signal });
  await step(build, "Unpacking its libraries and C headers (some 930 MB)", unpack, ({ files, bytes }) => {
    return `${files} files, ${megabytes(bytes)}, hashes as recorded`;
  });
  await linkLibraries(join(deps, "lib"));
}

interface AddonPlan {
  /** The binding's folder, where its sources are there already. */
  readonly sources: string | undefined;
  /** What adds them where they are not. */
  readonly add: () => Promise<Sources>;
  readonly tools: Tools;
  readonly staged: string;
}

async function buildAddon(build: NativeBuild, { sources, add, tools, staged }: AddonPlan): Promise<void> {
  const { signal } = build;
  const { env } = build.machine;
  const adding = `Adding the sources of ${binding.name} ${binding.version} by npm`;
  const { folder, undo } =
    sources === undefined ? await step(build, adding, add, () => "added") : { folder: sources, undo: undefined };
  try {
    const compile = async () => compileAddon(folder, staged, { tools, env, signal });
    await step(build, "Compiling the addon (some 20 s)", compile, () => `compiled for Node ${process.versions.node}`);
    const trial = async () => install(staged, folder, async () => tryTraining(env, signal));
    await step(build, "Training a small network on it in a new process", trial, lossesOf).catch(explain);
  } catch (error) {
    await undo?.();
    throw error;
  }
}

function lossesOf({ first, last }: Trial): string {
  return `loss ${first.toPrecision(2)} → ${last.toPrecision(2)}`;
}

function explain(error: unknown): never {
  if (!(error instanceof NativeBuildError)) throw error;
  const message = `The addon compiled, but the tensorflow backend does not run on it: ${error.message}.`;
  throw new NativeBuildError(`${message} What was built was removed again.`, "verification", { cause: error });
}
