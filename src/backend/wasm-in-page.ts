import * as tf from "@tensorflow/tfjs-core";
import type { Candidate } from "./candidate.ts";
import { speedUpTransposedProducts } from "./wasm-products.ts";
import { speedUpSlices } from "./wasm-slices.ts";

/** WebAssembly, its files fetched from where the page serves them. */
export const wasm: Candidate = {
  name: "wasm",
  mend: "Serve the .wasm files of @tensorflow/tfjs-backend-wasm. Name their folder with its setWasmPaths, and reload.",
  async register() {
    await import("@tensorflow/tfjs-backend-wasm");
    // With threads its workers are made from the function's source; minified that never answers, and nothing fails either.
    if (!("WASM_HAS_MULTITHREAD_SUPPORT" in tf.env().getFlags())) tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  },
  started() {
    speedUpTransposedProducts();
    speedUpSlices();
  },
  device: async () => ({ threads: (await import("@tensorflow/tfjs-backend-wasm")).getThreadsCount() }),
};
