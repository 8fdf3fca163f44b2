import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import type { Candidate } from "./candidate.ts";
import { importOptional } from "./optional-package.ts";

const require = createRequire(import.meta.url);

const binding = "@tensorflow/tfjs-node";

/**
 * libtensorflow's, where the user has not set them. oneDNN is made for large networks: without it those of 16 to 64 units
 * train 1.3 to 1.8 times as fast, one of 784-256-10 0.85 times, and no paragraph about it is printed at each start. 1 keeps
 * the warnings and leaves the information out.
 */
const settings = { TF_ENABLE_ONEDNN_OPTS: "0", TF_CPP_MIN_LOG_LEVEL: "1" };

/** libtensorflow through Node's native binding, on all cores. */
export const tensorflow: Candidate = {
  name: "tensorflow",
  mend: "`npx rivulet native` builds it, also where its own install cannot download. Small networks train faster on wasm.",
  async register() {
    // tfjs-node 4.22.0 calls two functions that Node 23 took out of util, and Node 22 warns of.
    const legacy = require("node:util") as Record<string, unknown>;
    legacy["isNullOrUndefined"] = (value: unknown) => value == null;
    legacy["isArray"] = Array.isArray;
    for (const [name, value] of Object.entries(settings)) process.env[name] ??= value;
    await importOptional(binding, binding).catch((error: unknown) => {
      // The reason is three lines of advice, the first of them as long as the path.
      const isUnbuilt = error instanceof Error && error.message.includes("tfjs_binding.node) can not be found");
      throw isUnbuilt ? new Error(`${binding} has no addon: its install could not get it`) : error;
    });
  },
  device: async () => ({ threads: availableParallelism() }),
};
