import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Tests and examples run on the sources, not on what was built from them. */
const sources = {
  "rivulet/layers": at("layers/index.ts"),
  "rivulet/optimizers": at("optimizers/index.ts"),
  rivulet: at("src/index.ts"),
  "#backends": at("src/backend/node.ts"),
  "#progress": at("src/progress/terminal.ts"),
};

/** The suite, on one backend. */
const onBackend = (backend: "cpu" | "wasm") => ({
  extends: true as const,
  test: {
    name: backend,
    include: ["test/{src,layers,optimizers,examples}/**/*.test.ts"],
    setupFiles: ["test/support/backend.ts"],
    // Nothing is timed here; on a busy machine the longest take many times their second or three.
    testTimeout: 60_000,
    provide: { backend },
  },
});

export default defineConfig({
  resolve: { alias: sources },
  test: {
    projects: [
      onBackend("cpu"),
      onBackend("wasm"),
      {
        extends: true,
        // What does not depend on a backend: the package, its commands and its README. Each test starts processes.
        test: { name: "package", include: ["test/package/**/*.test.ts"], testTimeout: 300_000, hookTimeout: 300_000 },
      },
    ],
  },
});
