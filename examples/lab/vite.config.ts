import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { offline } from "./offline/plugin.ts";

const wasmFolder = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"));
const wasmFiles = readdirSync(wasmFolder).filter((name) => name.endsWith(".wasm"));

/** Serves the wasm backend's files under wasm/, for `setWasmPaths("./wasm/")`; they are fetched when it is chosen. */
const wasmBackend: Plugin = {
  name: "wasm-backend",
  generateBundle() {
    for (const name of wasmFiles) {
      this.emitFile({ type: "asset", fileName: `wasm/${name}`, source: readFileSync(join(wasmFolder, name)) });
    }
  },
  configureServer({ middlewares }) {
    middlewares.use("/wasm/", (request, response, next) => {
      const name = wasmFiles.find((file) => request.url === `/${file}`);
      if (name === undefined) return next();
      response.setHeader("Content-Type", "application/wasm");
      return response.end(readFileSync(join(wasmFolder, name)));
    });
  },
};

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  // A folder of files that works wherever it is put.
  base: "./",
  plugins: [wasmBackend, offline],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  // tfjs keeps its engine in one place: a second copy of it would never see what the first one registered.
  resolve: { dedupe: ["@tensorflow/tfjs-core"] },
  build: { target: "es2022", outDir: "dist", emptyOutDir: true, chunkSizeWarningLimit: 1000 },
  worker: { format: "es" },
});
