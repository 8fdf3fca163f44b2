import * as tf from "@tensorflow/tfjs-core";
import { useBackend } from "rivulet";
import { afterEach, beforeAll, beforeEach, expect, inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    backend: "cpu" | "wasm";
  }
}

beforeAll(async () => {
  await useBackend(inject("backend"));
});

let tensorsBefore = 0;

beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
});

/** Every test is a test of leaks: what it made, it disposed of, and so did what it called, also where that threw. */
afterEach(() => {
  expect(tf.memory().numTensors, "tensors left behind by this test").toBe(tensorsBefore);
});
