import { BackendError, useBackend, type BackendName, type BackendReport } from "rivulet";

let isWasmServed = false;

/**
 * Starts a backend in a page, or a worker of one. `"auto"` tries webgl first, so that the others' code is fetched only
 * where that does not start, or is too coarse.
 *
 * @param wasmFolder where the page serves the `.wasm` files; undefined in Node, where rivulet finds them
 * @throws BackendError
 */
export async function startBackend(name: BackendName | "auto", wasmFolder?: string): Promise<BackendReport> {
  if (wasmFolder === undefined) return useBackend(name);
  if (name === "auto") {
    const report = await useBackend("webgl").catch((error: unknown) => {
      if (!(error instanceof BackendError)) throw error;
    });
    if (report?.precision === 32) return report;
  }
  if (name === "auto" || name === "wasm") await serveWasm(wasmFolder);
  return useBackend(name);
}

/** Once: tfjs refuses it after the backend has started. */
async function serveWasm(folder: string): Promise<void> {
  if (isWasmServed) return;
  const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
  setWasmPaths(folder);
  isWasmServed = true;
}
