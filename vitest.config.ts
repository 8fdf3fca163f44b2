import { fileURLToPath } from "node:url";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { chromiumLaunchOptions } from "./test/support/chromium.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Tests and examples run on the sources, not on what was built from them. */
const sources = {
  "rivulet/layers": at("layers/index.ts"),
  "rivulet/optimizers": at("optimizers/index.ts"),
  rivulet: at("src/index.ts"),
};

/** Of the conditional imports of package.json, those of each platform. */
const inNode = {
  "#backends": at("src/backend/node.ts"),
  "#progress": at("src/progress/terminal.ts"),
  "#files": at("src/io/files/node.ts"),
  "#machine": at("src/regimes/machine/node.ts"),
};
const inPage = {
  "#backends": at("src/backend/browser.ts"),
  "#progress": at("src/progress/lines.ts"),
  "#files": at("src/io/files/page.ts"),
  "#machine": at("src/regimes/machine/page.ts"),
  "#cars": at("dist/cars.js"),
  "#gradients": at("dist/gradients.js"),
};

const suite = ["test/{src,layers,optimizers,examples}/**/*.test.ts"];

/** A few of them, on backends where a step takes a tenth of a second, or that another platform runs in full. */
const chosen = [
  "test/{layers,optimizers}/**/*.test.ts",
  "test/src/{activations,fit-golden}.test.ts",
  "test/src/{losses,metrics}/golden.test.ts",
  "test/src/io/round-trip.test.ts",
  "test/src/compile/{parity,program}.test.ts",
  "test/src/backend/{parity,switching,use-backend}.test.ts",
];

/** What every project that runs the suite has in common. */
const onBackends = {
  setupFiles: ["test/support/backend.ts"],
  // Nothing is timed here; on a busy machine the longest take many times their second or three.
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

const nodeProject = (backend: "cpu" | "wasm" | "tensorflow") => ({
  extends: true as const,
  resolve: { alias: { ...sources, ...inNode } },
  test: {
    ...onBackends,
    name: backend,
    // Files share what they import: to load tfjs and start the backend anew takes longer than most files' tests.
    isolate: false,
    include: suite,
    exclude: ["**/*.{page,webgpu}.test.ts"],
    provide: { backend },
  },
});

const chromiumOn = (backend: "cpu" | "wasm" | "webgl" | "webgpu", include: readonly string[]) => ({
  browser: "chromium" as const,
  name: `${backend} in Chromium`,
  include: [...include],
  exclude: ["**/*.node.test.ts", ...(backend === "webgpu" ? [] : ["**/*.webgpu.test.ts"])],
  provide: { backend },
});

export default defineConfig({
  test: {
    projects: [
      nodeProject("cpu"),
      nodeProject("wasm"),
      nodeProject("tensorflow"),
      {
        extends: true,
        resolve: { alias: { ...sources, ...inPage } },
        optimizeDeps: {
          include: [
            "@noble/hashes/sha2.js",
            "@noble/hashes/utils.js",
            "@tensorflow/tfjs-core",
            "@tensorflow/tfjs-backend-cpu",
            "@tensorflow/tfjs-backend-wasm",
            "@tensorflow/tfjs-backend-webgl",
            "@tensorflow/tfjs-backend-webgpu",
            "@tensorflow/tfjs-layers",
            "fast-check",
            "fastest-levenshtein",
            "markdown-table",
            "ml-matrix",
            "pure-rand/distribution/uniformFloat32",
            "pure-rand/distribution/uniformInt",
            "pure-rand/generator/xoroshiro128plus",
            "simple-statistics",
            "wrap-ansi",
          ],
        },
        test: {
          ...onBackends,
          name: "page",
          isolate: false,
          // A step in software takes a tenth of a second on WebGPU, and several tenths on a busy machine.
          testTimeout: 180_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromiumLaunchOptions() }),
            instances: [
              chromiumOn("webgl", suite),
              chromiumOn("webgpu", [...chosen, "test/src/lost-device.page.test.ts", "**/*.webgpu.test.ts"]),
              chromiumOn("wasm", chosen),
              chromiumOn("cpu", chosen),
            ],
          },
        },
      },
      {
        extends: true,
        resolve: { alias: { ...sources, ...inNode } },
        // What does not depend on a backend: the package, its commands and its README. Each test starts processes.
        test: { name: "package", include: ["test/package/**/*.test.ts"], testTimeout: 300_000, hookTimeout: 300_000 },
      },
      {
        extends: true,
        resolve: { alias: { ...sources, ...inNode } },
        // The lab as it is built, in Chromium.
        test: {
          name: "lab",
          include: ["test/lab/**/*.test.ts"],
          globalSetup: "test/support/build-lab.ts",
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
