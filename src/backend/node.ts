import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { dirname, join, sep } from "node:path";
import type { Candidate } from "./candidate.ts";

const require = createRequire(import.meta.url);

/** Optional: a name that neither the compiler nor a bundler looks up, for it may not be installed. */
const nativeBinding: string = "@tensorflow/tfjs-node";

const fatalEvents = ["uncaughtException", "unhandledRejection"] as const;

/** The listeners to fatal events that there are. */
function fatalListeners() {
  return fatalEvents.flatMap((event) => process.listeners(event as "exit").map((listener) => ({ event, listener })));
}

let listenersBeforeWasm: ReturnType<typeof fatalListeners> = [];

/** Why those of other platforms are not among them. */
export const foreignBackends = {
  webgl: "it wants a browser. In Node use tensorflow, wasm or cpu.",
  webgpu: "rivulet does not start it yet. In Node use tensorflow, wasm or cpu.",
} as const;

/** What Node can start, best first. */
export const candidates: readonly Candidate[] = [
  {
    name: "tensorflow",
    mend: "wasm serves as well for small networks. npm leaves @tensorflow/tfjs-node out where its download fails.",
    async register() {
      // tfjs-node 4.22.0 calls two functions that Node 23 took out of util.
      const legacy = require("node:util") as Record<string, unknown>;
      legacy["isNullOrUndefined"] ??= (value: unknown) => value == null;
      legacy["isArray"] ??= Array.isArray;
      await import(nativeBinding).catch((error: unknown) => {
        const isAbsent = error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
        throw isAbsent ? new Error("@tensorflow/tfjs-node is not installed") : error;
      });
    },
    threads: async () => availableParallelism(),
  },
  {
    name: "wasm",
    mend: "Reinstall @tensorflow/tfjs-backend-wasm@4.22.0: its .wasm files stand in its dist folder.",
    async register() {
      const wasm = await import("@tensorflow/tfjs-backend-wasm");
      const folder = dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json"));
      wasm.setWasmPaths(join(folder, "dist") + sep);
      listenersBeforeWasm = fatalListeners();
    },
    started() {
      // The module catches every error of the process only to throw it again from its own one line of 50 kB, which Node
      // then prints before the error.
      for (const { event, listener } of fatalListeners()) {
        const isOlder = listenersBeforeWasm.some((older) => older.event === event && older.listener === listener);
        if (!isOlder) process.removeListener(event, listener);
      }
    },
    threads: async () => (await import("@tensorflow/tfjs-backend-wasm")).getThreadsCount(),
  },
  {
    name: "cpu",
    mend: "Reinstall @tensorflow/tfjs-backend-cpu@4.22.0.",
    async register() {
      await import("@tensorflow/tfjs-backend-cpu");
    },
    threads: async () => 1,
  },
];
