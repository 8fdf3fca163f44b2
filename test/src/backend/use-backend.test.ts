import * as tf from "@tensorflow/tfjs-core";
import { BackendError, UnknownNameError, useBackend } from "rivulet";
import { afterAll, describe, expect, inject, it } from "vitest";

afterAll(async () => {
  await useBackend(inject("backend"));
});

describe("useBackend", () => {
  it("starts the one that is asked for, and says what runs", async () => {
    const name = inject("backend");
    const report = await useBackend(name);
    expect(report).toMatchObject({ name, version: "4.22.0", threads: 1, precision: 32 });
    expect(report.tried).toEqual([{ name, ok: true, reason: "", mend: "" }]);
    expect(String(report)).toBe(`${name} runs: tfjs 4.22.0, float32, 1 thread.`);
    expect(tf.getBackend()).toBe(name);
  });

  it("takes the first that starts by itself, and says why the others did not", async () => {
    const report = await useBackend();
    expect(["tensorflow", "wasm"]).toContain(report.name);
    expect(report.tried[0]?.name).toBe("tensorflow");
    for (const { ok, reason, mend } of report.tried) {
      if (ok) continue;
      expect(reason).not.toBe("");
      expect(String(report)).toContain(`tensorflow did not start: ${reason}\n  ${mend}`);
    }
  });

  it("refuses a name that there is not, and lists those that there are", async () => {
    const attempt = useBackend("wsam" as never);
    await expect(attempt).rejects.toBeInstanceOf(UnknownNameError);
    await expect(attempt).rejects.toThrow(
      'There is no backend "wsam". Did you mean "wasm"? Known: tensorflow, wasm, cpu.',
    );
  });

  it.each(["webgl", "webgpu"] as const)("says that %s is for elsewhere", async (name) => {
    await expect(useBackend(name)).rejects.toThrow(`${name} does not run here: `);
  });

  it("never takes another one in silence for the one that was asked for", async () => {
    const outcome = await useBackend("tensorflow").then(
      (report) => report.name,
      (error: unknown) => error,
    );
    // Where the native binding is installed it runs; where it is not, the error says so and how to mend it.
    if (outcome === "tensorflow") return;
    expect(outcome).toBeInstanceOf(BackendError);
    expect((outcome as BackendError).message).toMatch(
      /^No backend started\. tensorflow: .+\. wasm serves as well for small networks\. npm leaves @tensorflow\/tfjs-node out where its download fails\.$/,
    );
    expect((outcome as BackendError).tried).toMatchObject([{ name: "tensorflow", ok: false }]);
  });
});
