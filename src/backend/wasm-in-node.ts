import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import type { Candidate } from "./candidate.ts";
import { speedUpTransposedProducts } from "./wasm-products.ts";
import { speedUpSlices } from "./wasm-slices.ts";

const require = createRequire(import.meta.url);

const fatalEvents = ["uncaughtException", "unhandledRejection"] as const;

/** How to tell the listeners of tfjs's wasm module from others: by what they do, for they have no name. */
const isModules = /instanceof ExitStatus|^function\s*\(reason\)\s*\{\s*throw reason;?\s*\}$/;

/** WebAssembly, its files taken from the installed package. */
export const wasm: Candidate = {
  name: "wasm",
  mend: "Install @tensorflow/tfjs-backend-wasm@4.22.0 anew: its .wasm files stand in its dist folder.",
  async register() {
    const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
    const folder = dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json"));
    setWasmPaths(join(folder, "dist") + sep);
  },
  started() {
    speedUpTransposedProducts();
    speedUpSlices();
  },
  tried() {
    // The module catches every error of the process only to throw it again from its own one line of 50 kB, which Node
    // then prints before the error.
    for (const event of fatalEvents) {
      const listeners = process.listeners(event as "exit").filter((listener) => isModules.test(String(listener)));
      for (const listener of listeners) process.removeListener(event, listener);
    }
  },
  device: async () => ({ threads: (await import("@tensorflow/tfjs-backend-wasm")).getThreadsCount() }),
};
