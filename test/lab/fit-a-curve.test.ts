import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Sequential, useBackend } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import { describe, expect, inject, it } from "vitest";
import { makePoints } from "../../examples/lab/fit-a-curve/data/datasets.ts";
import { rowsOf } from "../../examples/lab/fit-a-curve/data/rows.ts";
import { fieldsOf, follow, press } from "../support/lab-page.ts";
import { backendOf, held, inWorker, readout, small, stepsPast } from "../support/training-page.ts";
import { visitLab } from "../support/visit-lab.ts";

const { open } = visitLab();

/** What the library's own calls give in Node for the page's default curve. */
async function lossInNode(epochs: number): Promise<{ readonly loss: number; readonly validation: number }> {
  await useBackend("cpu");
  const { training, validation } = rowsOf(makePoints("sine"), 1);
  if (validation === undefined) throw new Error("The data has no points for validation.");
  const dataOf = ({ count, x, y }: typeof training) => {
    return [
      { values: x, shape: [count, 1] },
      { values: y, shape: [count, 1] },
    ] as const;
  };
  using model = new Sequential([new Dense({ units: 4, activation: "tanh" }), new Dense({ units: 1 })], {
    inputShape: [1],
    seed: 1,
  });
  using optimizer = new SGD({ learningRate: 0.05, momentum: 0.9 });
  const { history } = await model.fit(...dataOf(training), {
    loss: "meanSquaredError",
    optimizer,
    batchSize: 16,
    epochs,
    validationData: dataOf(validation),
    verbose: 0,
  });
  return { loss: history["loss"]?.at(-1) ?? NaN, validation: history["val_loss"]?.at(-1) ?? NaN };
}

describe("training", () => {
  it.each([
    // Node's and Chromium's engines may have exponentials of their own; sums in other orders; a GPU's exponentials.
    ["cpu", 1e-6, 20],
    ["wasm", 1e-6, 20],
    ["webgl", 1e-5, 5],
    ["webgpu", 1e-5, 5],
  ] as const)("on %s reaches the loss that Node reaches", async (name, bound, epochs) => {
    const page = await open(`#/fit?hidden=4&backend=${name}&step=${3 * epochs}`);
    await held(page, 3 * epochs);
    const { loss, validation } = await lossInNode(epochs);
    expect(await backendOf(page).getAttribute("data-backend")).toBe(name);
    expect(Math.abs((await readout(page, "loss")) - loss)).toBeLessThan(bound);
    expect(Math.abs((await readout(page, "validation")) - validation)).toBeLessThan(bound);
    expect(await page.locator("[data-readout=step]").textContent()).toMatch(/^compiled: \d+ kernels$/);
  });

  it("takes WebGL, in a worker", async () => {
    const page = await open(`#/fit?${small}`);
    await held(page, 0);
    expect(await backendOf(page).textContent()).toMatch(/^WebGL, .*(SwiftShader|ANGLE)/);
    expect(await inWorker(page, "_tfengine.backendName")).toBe("webgl");
    await page.getByText("a worker, beside the page").waitFor();
  });

  it("is held by a button, goes step by step and epoch by epoch, and begins anew from the same start", async () => {
    const page = await open("#/fit?backend=cpu&hidden=4");
    await held(page, 0);
    const start = await readout(page, "now");
    await press(page, "One epoch");
    await held(page, 3);
    const first = await readout(page, "loss");
    await press(page, "One step");
    await held(page, 4);
    await press(page, "One epoch");
    await held(page, 6);
    await press(page, "Train");
    await stepsPast(page, 30);
    await press(page, "Pause");
    const step = await held(page);
    await page.waitForTimeout(200);
    expect(await held(page)).toBe(step);
    expect(await readout(page, "now")).not.toBe(start);
    await expect.poll(() => Number(fieldsOf(page).get("step"))).toBe(step);
    await press(page, "Reset");
    await held(page, 0);
    expect(await readout(page, "now")).toBe(start);
    await press(page, "One epoch");
    await held(page, 3);
    expect(await readout(page, "loss")).toBe(first);
  });

  it("goes on with another setting while it runs", async () => {
    const page = await open("#/fit?backend=cpu&hidden=4");
    await held(page, 0);
    await press(page, "Train");
    await page.getByRole("combobox", { name: "Activation" }).selectOption("relu");
    await page.locator('[data-status="training"]').waitFor();
    await stepsPast(page, 30);
    await press(page, "Pause");
    await held(page);
    expect(fieldsOf(page).get("activation")).toBe("relu");
  });

  it("holds as many tensors and textures after 500 more steps", async () => {
    const page = await open("#/fit?backend=webgl&hidden=2&batch=full&step=20");
    await held(page, 20);
    const count = "[_tfengine.state.numTensors, _tfengine.backend.textureManager.getNumUsedTextures()]";
    const before = await inWorker(page, count);
    await press(page, "Train");
    await stepsPast(page, 519);
    await press(page, "Pause");
    await held(page);
    // What a picture was drawn of is let go a moment later.
    await expect.poll(async () => inWorker(page, count)).toEqual(before);
    await press(page, "Reset");
    await held(page, 0);
    await press(page, "Tensors");
    const shown = page.locator("output[data-tensors]");
    expect(Number(await shown.getAttribute("data-tensors"))).toBeLessThanOrEqual(Number((before as number[])[0]));
  });

  it("speaks Chinese", async () => {
    const page = await open("#/fit?backend=cpu&hidden=2&batch=full&lang=zh");
    await page.getByRole("heading", { name: "拟合曲线", level: 1 }).waitFor();
    await press(page, "一步");
    expect(await held(page, 1)).toBe(1);
    expect(await page.locator(".fit-counts").textContent()).toBe("第 1 轮，第 1 步");
  });

  it("ends with the page", async () => {
    const page = await open("#/fit?backend=cpu&hidden=4");
    await held(page, 0);
    await press(page, "Train");
    await page.getByRole("link", { name: "Descent" }).click();
    await page.getByRole("heading", { name: "Descent", level: 1 }).waitFor();
    await expect.poll(() => page.workers().length).toBe(0);
    await page.getByRole("link", { name: "Fit a curve" }).click();
    await held(page);
  });

  it("runs on the page's own thread where a worker has no WebGL", async () => {
    const page = await open("#/descent");
    const prefetch = page.waitForRequest(/\/zh-/);
    await page.route("**/worker-*.js", async (route) => {
      const name = new URL(route.request().url()).pathname;
      const body = `self.OffscreenCanvas = undefined;${await readFile(join(inject("labFolder"), name), "utf8")}`;
      await route.fulfill({ body, contentType: "text/javascript" });
    });
    await follow(page, `#/fit?${small}&step=5`);
    await held(page, 5);
    await page.getByText("the page's own thread, in slices").waitFor();
    expect(await backendOf(page).getAttribute("data-backend")).toBe("webgl");
    expect(page.workers()).toEqual([]);
    // Then the other pages' code is fetched, which computes on this thread too, by JavaScript.
    await prefetch;
    await press(page, "Train");
    await stepsPast(page, 10);
    await press(page, "Pause");
    await held(page);
    expect(await page.evaluate("_tfengine.backendName")).toBe("webgl");
    await page.getByRole("link", { name: "Descent" }).click();
    await expect.poll(async () => page.evaluate("_tfengine.backendName")).toBe("cpu");
  });
});

describe("a link", () => {
  it("opens the same training elsewhere, where it stood", async () => {
    const page = await open("#/fit?backend=cpu&hidden=3&data=xor");
    await held(page, 0);
    await page.locator(".fit-pad").click({ position: { x: 100, y: 100 } });
    await page.getByRole("combobox", { name: "Rule" }).selectOption("rmsprop");
    await page.getByRole("spinbutton", { name: "Seed" }).fill("77");
    await page.waitForTimeout(300);
    await held(page, 0);
    await press(page, "One epoch");
    const step = await held(page);
    expect(step).toBeGreaterThan(0);
    await expect.poll(() => Number(fieldsOf(page).get("step"))).toBe(step);
    const other = await open(new URL(page.url()).hash);
    await held(other, step);
    expect(await readout(other, "loss")).toBe(await readout(page, "loss"));
    expect(await readout(other, "now")).toBe(await readout(page, "now"));
    expect(await other.locator(".fit-chart").getAttribute("data-points")).toBe("161");
    expect(new URL(other.url()).hash).toBe(new URL(page.url()).hash);
  });

  it("that was tampered with opens the default and says so", async () => {
    const page = await open("#/fit?data=volcano");
    for (const fields of ["data=volcano", "points=AAA", "hidden=99", "rate=1e9", "axes=[[", "seed=%"]) {
      await follow(page, `#/fit?${fields}`);
      await page.getByText("This link could not be read", { exact: false }).waitFor();
      await held(page, 0);
      await expect.poll(() => fieldsOf(page).get("data"), { message: fields }).toBe("sine");
      await press(page, "Dismiss");
    }
  });
});
