import * as tf from "@tensorflow/tfjs-core";
import { useBackend } from "rivulet";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

/** What tfjs finds out of a device that renders to 16-bit textures only. */
const flag = "WEBGL_RENDER_FLOAT32_ENABLED";

beforeEach(() => {
  tf.env().set(flag, false);
});

afterEach(async () => {
  tf.env().set(flag, true);
  await useBackend("webgl");
});

const coarse = "Its numbers carry only 11 bits and end at 65504: small changes of a weight are lost.";

describe("a device with only 16-bit float textures", () => {
  it("is passed over where nobody asks for it, and the report says why", async () => {
    const report = await useBackend();
    expect(report.name).toBe("wasm");
    expect(String(report)).toBe(
      `wasm runs: tfjs 4.22.0, float32, 1 thread.\nwebgl did not start: it has only 16-bit floats. ${coarse}\n` +
        '  To use it all the same, ask for it by name: useBackend("webgl").',
    );
    expect(tf.getBackend()).toBe("wasm");
  });

  it("runs where it is asked for by name, and the report warns", async () => {
    const report = await useBackend("webgl");
    expect(report.precision).toBe(16);
    expect(String(report)).toMatch(/^webgl runs: tfjs 4\.22\.0, float16, .+\.\nIts numbers carry only 11 bits/);
  });
});
