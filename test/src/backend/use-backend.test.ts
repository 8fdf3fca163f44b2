import * as tf from "@tensorflow/tfjs-core";
import { UnknownNameError, useBackend } from "rivulet";
import { afterAll, describe, expect, inject, it } from "vitest";

afterAll(async () => {
  await useBackend(inject("backend"));
});

describe("useBackend", () => {
  it("starts the one that is asked for, and says what runs", async () => {
    const name = inject("backend");
    const report = await useBackend(name);
    expect(report).toMatchObject({ name, version: "4.22.0", precision: 32 });
    expect(report.tried).toEqual([{ name, ok: true, reason: "", mend: "" }]);
    const threads = report.threads === 1 ? "1 thread" : `${report.threads} threads`;
    expect(String(report)).toBe(`${name} runs: tfjs 4.22.0, float32, ${report.gpu ?? threads}.`);
    expect(tf.getBackend()).toBe(name);
  });

  it("names the GPU, or counts the threads", async () => {
    const { gpu = "no GPU", threads = "no threads" } = await useBackend(inject("backend"));
    const devices = { tensorflow: /^no GPU, \d+$/, cpu: /^no GPU, 1$/, wasm: /^no GPU, 1$/ };
    const onGpu = /^(?!no GPU).*[a-z]{3}.*, no threads$/i;
    expect(`${gpu}, ${threads}`).toMatch({ ...devices, webgl: onGpu, webgpu: onGpu }[inject("backend")]);
  });

  it("starts the same one twice, and keeps what lives on it", async () => {
    const x = tf.tensor1d([1, 2]);
    const before = tf.backend();
    await useBackend(inject("backend"));
    expect(tf.backend()).toBe(before);
    expect([...(await x.data())]).toEqual([1, 2]);
    x.dispose();
  });

  it("starts two at once one after the other, and the last one runs", async () => {
    const reports = await Promise.all([useBackend("cpu"), useBackend(inject("backend"))]);
    expect(reports.map(({ name }) => name)).toEqual(["cpu", inject("backend")]);
    expect(tf.getBackend()).toBe(inject("backend"));
  });

  it.each(["wsam", "", "toString", null, 7, ["cpu"]])(
    "refuses the name %j, and lists those that there are",
    async (name) => {
      const attempt = useBackend(name as never);
      await expect(attempt).rejects.toBeInstanceOf(UnknownNameError);
      await expect(attempt).rejects.toThrow(/^There is no backend .+ Known: .*wasm, cpu, webgpu\.$/);
      expect(tf.getBackend()).toBe(inject("backend"));
    },
  );
});
