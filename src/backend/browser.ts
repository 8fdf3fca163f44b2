import type { Candidate } from "./candidate.ts";

/** Why those of other platforms are not among them. */
export const foreignBackends = {
  tensorflow: "it is Node's native binding. In a page use webgl, wasm or cpu.",
  webgpu: "rivulet does not start it yet. In a page use webgl, wasm or cpu.",
} as const;

/** What a page can start, best first. */
export const candidates: readonly Candidate[] = [
  {
    name: "webgl",
    mend: "Turn on hardware acceleration in the browser's settings, or use wasm.",
    async register() {
      await import("@tensorflow/tfjs-backend-webgl");
    },
    threads: async () => 1,
  },
  {
    name: "wasm",
    mend: "Serve the .wasm files of @tensorflow/tfjs-backend-wasm, and name their folder with its setWasmPaths.",
    async register() {
      await import("@tensorflow/tfjs-backend-wasm");
    },
    threads: async () => (await import("@tensorflow/tfjs-backend-wasm")).getThreadsCount(),
  },
  {
    name: "cpu",
    mend: "Bundle @tensorflow/tfjs-backend-cpu@4.22.0.",
    async register() {
      await import("@tensorflow/tfjs-backend-cpu");
    },
    threads: async () => 1,
  },
];
