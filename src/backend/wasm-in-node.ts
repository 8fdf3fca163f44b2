import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import type { Candidate } from "./candidate.ts";
import { speedUpTransposedProducts } from "./wasm-products.ts";

const require = createRequire(import.meta.url);

const fatalEvents = ["uncaughtException", "unhandledRejection"] as const;

/** The listeners to fatal events that there are. */
function fatalListeners() {
  return fatalEvents.flatMap((event) => process.listeners(event as "exit").map((listener) => ({ event, listener })));
}

let listenersBefore: ReturnType<typeof fatalListeners> = [];

/** WebAssembly, its files taken from the installed package. */
export const wasm: Candidate = {
  name: "wasm",
  mend: "Install @tensorflow/tfjs-backend-wasm@4.22.0 anew: its .wasm files stand in its dist folder.",
  async register() {
    const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
    const folder = dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json"));
    setWasmPaths(join(folder, "dist") + sep);
    listenersBefore = fatalListeners();
  },
  started: speedUpTransposedProducts,
  tried() {
    // The module catches every error of the process only to throw it again from its own one line of 50 kB, which Node
    // then prints before the error.
    for (const { event, listener } of fatalListeners()) {
      const isOlder = listenersBefore.some((older) => older.event === event && older.listener === listener);
      if (!isOlder) process.removeListener(event, listener);
    }
  },
  device: async () => ({ threads: (await import("@tensorflow/tfjs-backend-wasm")).getThreadsCount() }),
};
