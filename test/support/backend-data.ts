import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeEach, expect, vi } from "vitest";

/** Makes every test of a file one of what the backend holds, too: what kernels hand on is no tensor that tfjs counts. */
export function expectNoDataLeft(): void {
  let before = 0;
  beforeEach(() => {
    before = tf.backend().numDataIds();
  });
  afterEach(() => {
    expect(tf.backend().numDataIds(), "numbers that the backend still holds after this test").toBe(before);
  });
}

/** How many tensors' numbers the backend holds at most while a function runs, beyond those that it held before. */
export function mostDataIn(run: () => unknown): number {
  const backend = tf.backend();
  const before = backend.numDataIds();
  let most = 0;
  const count = () => (most = Math.max(most, backend.numDataIds() - before));
  const original = backend.disposeData.bind(backend);
  // It holds most just before it frees something.
  const spy = vi.spyOn(backend, "disposeData").mockImplementation((...given) => {
    count();
    return original(...given);
  });
  try {
    run();
    count();
  } finally {
    spy.mockRestore();
  }
  return most;
}
