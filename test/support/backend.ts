import * as tf from "@tensorflow/tfjs-core";
import { useBackend, type BackendName } from "rivulet";
import { afterEach, beforeAll, beforeEach, expect, inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    backend: BackendName;
  }
}

beforeAll(async () => {
  if (typeof document !== "undefined") {
    const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
    setWasmPaths("/node_modules/@tensorflow/tfjs-backend-wasm/dist/");
  }
  await useBackend(inject("backend"));
});

let before = { tensors: 0, textures: 0 };

/** Tensors that tfjs counts, and on WebGL the textures that hold them. */
function held() {
  const { textureManager } = tf.backend() as { textureManager?: { getNumUsedTextures?: () => number } };
  return { tensors: tf.memory().numTensors, textures: textureManager?.getNumUsedTextures?.() ?? 0 };
}

beforeEach(() => {
  before = held();
});

/** Every test is a test of leaks: what it made, it disposed of, and so did what it called, also where that threw. */
afterEach(() => {
  expect(held(), "tensors and textures left behind by this test").toEqual(before);
});
