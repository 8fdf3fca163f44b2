import { chromium } from "playwright";
import { describe, expect, it } from "vitest";
import { chromiumLaunchOptions } from "../support/chromium.ts";
import { fieldsOf, press } from "../support/lab-page.ts";
import { backendOf, held, inWorker, readout, small, stepsPast } from "../support/training-page.ts";
import { visitLab } from "../support/visit-lab.ts";

const { open, close } = visitLab();

describe("what goes wrong", () => {
  it("says why a run diverged, and mends it", async () => {
    const page = await open("#/fit?backend=cpu&hidden=4&activation=linear&rate=10");
    await held(page, 0);
    await press(page, "Train");
    const fault = page.locator("[data-fault=diverged]");
    await fault.waitFor();
    expect(await fault.textContent()).toMatch(
      /^!?Training stopped: the loss ran away\..*rivulet says: The loss became (NaN|Infinity) in epoch \d+, batch \d/,
    );
    await fault.getByRole("button", { name: /^Learning rate 0\.\d/ }).click();
    await fault.waitFor({ state: "detached" });
    await held(page, 0);
    await press(page, "One epoch");
    await held(page, 3);
    expect(await readout(page, "loss")).toBeLessThan(10);
  });

  it("says that the GPU went away, and goes on with another backend from where it was", async () => {
    const page = await open(`#/fit?${small}&step=5`);
    await held(page, 5);
    await inWorker(page, "_tfengine.backend.gpgpu.gl.getExtension('WEBGL_lose_context').loseContext()");
    await press(page, "Train");
    const fault = page.locator("[data-fault=lost]");
    await fault.waitFor();
    expect(await fault.textContent()).toContain(
      "rivulet says: WebGL was lost: the browser or the driver took the GPU away, and what stood there is gone.",
    );
    await press(page, "Go on with WebAssembly");
    await fault.waitFor({ state: "detached" });
    await stepsPast(page, 20);
    await press(page, "Pause");
    expect(await held(page)).toBeGreaterThan(20);
    expect(await backendOf(page).getAttribute("data-backend")).toBe("wasm");
    await expect.poll(() => fieldsOf(page).get("backend")).toBe("wasm");
  });

  it("goes on where the GPU went away before the first step, from the same start", async () => {
    const page = await open(`#/fit?${small}`);
    await held(page, 0);
    const start = await readout(page, "now");
    await inWorker(page, "_tfengine.backend.gpgpu.gl.getExtension('WEBGL_lose_context').loseContext()");
    await press(page, "One step");
    await page.locator("[data-fault=lost]").waitFor();
    await press(page, "Go on with JavaScript");
    await stepsPast(page, 2);
    await press(page, "Reset");
    await held(page, 0);
    expect(Math.abs((await readout(page, "now")) - start)).toBeLessThan(1e-5);
  });

  it("says what cannot be trained as it is set", async () => {
    const page = await open("#/fit?backend=cpu&optimizer=nesterov&momentum=0");
    await page.getByText("SGD with nesterov expects momentum to be above 0, got 0.", { exact: false }).waitFor();
    await page.getByRole("spinbutton", { name: "Momentum μ" }).fill("0.5");
    expect(await held(page, 0)).toBe(0);
  });

  it("runs without WebGL, and says why it is not WebGL that runs", async () => {
    const blind = await chromium.launch({ ...chromiumLaunchOptions(), args: ["--use-gl=disabled"] });
    try {
      const page = await open("#/fit?hidden=2&step=3", {}, blind);
      await held(page, 3);
      expect(await backendOf(page).getAttribute("data-backend")).toBe("wasm");
      await page.getByText("webgl did not start:", { exact: false }).waitFor();
      await page.getByRole("combobox", { name: "Computed by" }).selectOption("webgl");
      const fault = page.locator("[data-fault=start]");
      await fault.waitFor();
      expect(await fault.textContent()).toContain(
        "Turn on hardware acceleration in the browser's settings, or use wasm.",
      );
      await press(page, "Use JavaScript");
      await held(page, 0);
      // Chromium itself warns of the WebGL that it was started without.
      expect((await close()).filter((line) => !/WebGL/i.test(line))).toEqual([]);
    } finally {
      await blind.close();
    }
  });
});
