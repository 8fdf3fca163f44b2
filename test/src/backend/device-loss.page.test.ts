import * as tf from "@tensorflow/tfjs-core";
import { compareRegimes, isDeviceLost, useBackend, type BackendName } from "rivulet";
import { afterEach, describe, expect, inject, it } from "vitest";
import { curve } from "../../support/models.ts";

afterEach(async () => {
  await useBackend(inject("backend"));
});

/** Takes the GPU away where there is one, as a driver that crashes does. @returns whether there is one */
async function loseDevice(): Promise<boolean> {
  const backend = tf.backend() as unknown as {
    gpgpu?: { gl: WebGL2RenderingContext };
    device?: { destroy: () => void; lost: Promise<unknown> };
  };
  backend.gpgpu?.gl.getExtension("WEBGL_lose_context")?.loseContext();
  backend.device?.destroy();
  await backend.device?.lost;
  return backend.gpgpu !== undefined || backend.device !== undefined;
}

const gpus = new Set<BackendName>(["webgl", "webgpu"]);

describe("isDeviceLost", () => {
  it("tells that a GPU went away, until a backend is started again", async () => {
    expect(isDeviceLost()).toBe(false);
    expect(await loseDevice()).toBe(gpus.has(inject("backend")));
    expect(isDeviceLost()).toBe(gpus.has(inject("backend")));
    await useBackend(inject("backend"));
    expect(isDeviceLost()).toBe(false);
  });
});

describe("a comparison whose GPU goes away", () => {
  it("ends with what was measured before, and without a slice", async () => {
    const { x, y } = curve(64);
    let losing: Promise<unknown> = Promise.resolve();
    const comparison = await compareRegimes(
      { x, y },
      {
        // Large enough that its weights do stand on the GPU: tfjs leaves a few numbers on the host.
        layers: [16, 16],
        batchSizes: ["full", 16],
        momenta: [0],
        repeats: 1,
        sliceResolution: 2,
        budget: { unit: "epochs", amount: 2 },
        onRunEnd: () => (losing = loseDevice()),
      },
    );
    const isGpu = gpus.has(inject("backend"));
    expect(await losing).toBe(isGpu);
    expect(comparison.runs.map(({ status }) => status)).toEqual(["finished", isGpu ? "failed" : "finished"]);
    expect(comparison.slice === null).toBe(isGpu);
    expect(comparison.runs[0]?.curve.steps).toEqual([0, 1, 2]);
  });
});
