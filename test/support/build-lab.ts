import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { runWell } from "./run.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Where the lab was built for this run of the tests. */
    readonly labFolder: string;
  }
}

/** Builds the lab once for all files that test it, into a folder that goes with the run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "rivulet-lab-"));
  project.provide("labFolder", folder);
  await buildLab(folder);
  return async () => rm(folder, { recursive: true, force: true });
}

/** Builds the lab into a folder. The library must have been built: the lab has it as a package. */
export async function buildLab(folder: string): Promise<void> {
  await runWell("npx", [
    "vite",
    "build",
    "--config",
    "examples/lab/vite.config.ts",
    "--outDir",
    folder,
    "--emptyOutDir",
  ]);
}
