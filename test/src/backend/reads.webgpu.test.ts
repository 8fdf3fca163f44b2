import * as tf from "@tensorflow/tfjs-core";
import { useBackend } from "rivulet";
import { afterEach, describe, expect, it } from "vitest";

afterEach(async () => {
  await useBackend("webgpu");
});

describe("webgpu", () => {
  it("never takes zeros for what stands only on the GPU", async () => {
    const four = tf.square(2);
    await useBackend("cpu");
    const message = "webgpu cannot hand a tensor over that stands only on the GPU. Before another backend is started, ";
    expect(() => tf.add(four, 1)).toThrow(message);
    await four.data();
    const five = tf.add(four, 1);
    expect([...(await five.data())]).toEqual([5]);
    tf.dispose([four, five]);
  });
});
