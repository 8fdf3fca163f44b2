import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { dirname, join, sep } from "node:path";
import type { Candidate } from "./candidate.ts";

const require = createRequire(import.meta.url);

/** What Node can start, best first. */
export const candidates: readonly Candidate[] = [
  {
    name: "tensorflow",
    isAutomatic: true,
    mend: "Install the native binding with `npm install @tensorflow/tfjs-node@4.22.0`, or use wasm.",
    async register() {
      // tfjs-node 4.22.0 calls two functions that Node 23 took out of util.
      const legacy = require("node:util") as Record<string, unknown>;
      legacy["isNullOrUndefined"] ??= (value: unknown) => value == null;
      legacy["isArray"] ??= Array.isArray;
      await import("@tensorflow/tfjs-node");
    },
    threads: async () => availableParallelism(),
  },
  {
    name: "wasm",
    isAutomatic: true,
    mend: "Reinstall @tensorflow/tfjs-backend-wasm@4.22.0: its .wasm files stand in its dist folder.",
    async register() {
      const wasm = await import("@tensorflow/tfjs-backend-wasm");
      const folder = dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json"));
      wasm.setWasmPaths(join(folder, "dist") + sep);
    },
    threads: async () => (await import("@tensorflow/tfjs-backend-wasm")).getThreadsCount(),
  },
  {
    name: "cpu",
    isAutomatic: true,
    mend: "Reinstall @tensorflow/tfjs-backend-cpu@4.22.0.",
    async register() {
      await import("@tensorflow/tfjs-backend-cpu");
    },
    threads: async () => 1,
  },
];
