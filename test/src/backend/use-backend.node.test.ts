import * as tf from "@tensorflow/tfjs-core";
import { BackendError, useBackend } from "rivulet";
import { afterAll, afterEach, describe, expect, inject, it, vi } from "vitest";

afterEach(() => {
  vi.unstubAllEnvs();
});

afterAll(async () => {
  await useBackend(inject("backend"));
});

describe("useBackend in Node", () => {
  it("takes the native binding by itself", async () => {
    const report = await useBackend();
    expect(report.name).toBe("tensorflow");
    expect(report.tried).toEqual([{ name: "tensorflow", ok: true, reason: "", mend: "" }]);
  });

  it("offers the nearest name", async () => {
    const message = 'There is no backend "wsam". Did you mean "wasm"? Known: auto, tensorflow, wasm, cpu, webgpu.';
    await expect(useBackend("wsam" as never)).rejects.toThrow(message);
  });

  it("says that webgl is for elsewhere", async () => {
    const message = "webgl does not run here: it wants a browser. In Node use tensorflow, wasm, cpu or webgpu.";
    await expect(useBackend("webgl")).rejects.toThrow(message);
  });

  it("never takes another one in silence for the one that was asked for, and leaves running what ran", async () => {
    await useBackend("cpu");
    // Where Vulkan's loader finds no driver, there is no GPU.
    vi.stubEnv("VK_ICD_FILENAMES", "/nowhere.json");
    vi.stubEnv("VK_DRIVER_FILES", "/nowhere.json");
    const outcome = await useBackend("webgpu").catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(BackendError);
    expect((outcome as BackendError).message).toMatch(/^No backend started\. webgpu: .+\. Run `npm install webgpu`\. /);
    expect((outcome as BackendError).tried).toMatchObject([{ name: "webgpu", ok: false }]);
    expect(tf.getBackend()).toBe("cpu");
    tf.scalar(0).dispose();
  });
});
