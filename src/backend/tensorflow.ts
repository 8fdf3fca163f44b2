import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import type { Candidate } from "./candidate.ts";

const require = createRequire(import.meta.url);

/** Optional: a name that neither the compiler nor a bundler looks up, for it may not be installed. */
const nativeBinding: string = "@tensorflow/tfjs-node";

/** libtensorflow through Node's native binding, on all cores. */
export const tensorflow: Candidate = {
  name: "tensorflow",
  mend: "`npx rivulet native` builds it, also where its own install cannot download. wasm serves as well for small networks.",
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
  device: async () => ({ threads: availableParallelism() }),
};
