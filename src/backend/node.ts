import type { Candidate } from "./candidate.ts";
import { cpu } from "./cpu.ts";
import { tensorflow } from "./tensorflow.ts";
import { wasm } from "./wasm-in-node.ts";
import { webgpu } from "./webgpu-in-node.ts";

/** What Node can start, best first. */
export const candidates: readonly Candidate[] = [tensorflow, wasm, cpu, webgpu];

/** Why those of other platforms are not among them. */
export const foreignBackends = { webgl: "it wants a browser. In Node use tensorflow, wasm, cpu or webgpu." } as const;
