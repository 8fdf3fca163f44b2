import type { Candidate } from "./candidate.ts";
import { cpu } from "./cpu.ts";
import { wasm } from "./wasm-in-page.ts";
import { webgl } from "./webgl.ts";
import { webgpu } from "./webgpu-in-page.ts";

/** What a page can start, best first. */
export const candidates: readonly Candidate[] = [webgl, wasm, cpu, webgpu];

/** Why those of other platforms are not among them. */
export const foreignBackends = {
  tensorflow: "it is Node's native binding. In a page use webgl, wasm, cpu or webgpu.",
} as const;
