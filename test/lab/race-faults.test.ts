import { chromium } from "playwright";
import { describe, expect, it } from "vitest";
import { chromiumLaunchOptions } from "../support/chromium.ts";
import { fieldsOf, press } from "../support/lab-page.ts";
import { ended, raceOf } from "../support/race-page.ts";
import { visitLab } from "../support/visit-lab.ts";

const { open } = visitLab();

describe("what goes wrong", () => {
  it("has a row that says that a regime diverged, and the others go on", async () => {
    const page = await open(raceOf({ rate: "0.13", momenta: "0", epochs: "60", raced: "1" }));
    await ended(page);
    const statuses = await page.locator(".race-measured tr[data-regime] td:nth-child(2)").allTextContents();
    expect(statuses).toEqual(["finished", "diverged"]);
    expect(await page.locator("[data-reason]").first().textContent()).toMatch(/rivulet says: The loss became/);
    expect(await page.locator(".race-outcome").textContent()).toContain("diverged: a smaller learning rate helps.");
  });

  it("shows what was measured before the GPU went away, and races on another backend", async () => {
    const page = await open(raceOf({ epochs: "100", batches: "full,1", momenta: "0", backend: "webgl" }));
    await press(page, "Race");
    await page.getByText(/^1 of 2 done\. Now: Stochastic/).waitFor({ timeout: 120_000 });
    await page.workers()[0]?.evaluate("_tfengine.backend.gpgpu.gl.getExtension('WEBGL_lose_context').loseContext()");
    const fault = page.locator("[data-fault=lost]");
    await fault.waitFor({ timeout: 120_000 });
    expect(await fault.textContent()).toContain("rivulet says: WebGL was lost");
    await ended(page);
    const statuses = await page.locator(".race-measured tr[data-regime] td:nth-child(2)").allTextContents();
    expect(statuses).toEqual(["finished", "failed"]);
    await page.getByRole("spinbutton", { name: "Epochs" }).fill("1");
    await press(page, "Race on JavaScript");
    await ended(page);
    expect(await fault.count()).toBe(0);
    expect(fieldsOf(page).get("backend")).toBe("cpu");
  });

  it("says that a backend did not start, and offers others", async () => {
    const blind = await chromium.launch({ ...chromiumLaunchOptions(), args: ["--use-gl=disabled"] });
    try {
      const page = await open(raceOf({ backend: "webgl", raced: "1" }), {}, blind);
      const fault = page.locator("[data-fault=start]");
      await fault.waitFor({ timeout: 60_000 });
      expect(await fault.textContent()).toContain("rivulet says:");
      await press(page, "Race on JavaScript");
      await ended(page);
    } finally {
      await blind.close();
    }
  });
});
