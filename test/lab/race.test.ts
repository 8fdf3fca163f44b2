import { builtInProblem, compareRegimes, useBackend, type RegimeComparison, type RegimeRow } from "rivulet";
import { describe, expect, it } from "vitest";
import { fieldsOf, follow, press } from "../support/lab-page.ts";
import { column, ended, moment, raceOf } from "../support/race-page.ts";
import { visitLab } from "../support/visit-lab.ts";

const { open } = visitLab();

/** What the library's own call gives in Node for the small race. */
async function raceInNode(epochs: number): Promise<RegimeComparison> {
  await useBackend("cpu");
  return compareRegimes(await builtInProblem("ill-conditioned"), {
    batchSizes: ["full", 32],
    momenta: [0, 0.9],
    budget: { unit: "epochs", amount: epochs },
    repeats: 1,
    seed: 42,
  });
}

describe("a race", () => {
  it.each([
    // Of what a number is: Node's and Chromium's engines add alike, wasm and a GPU in other orders.
    ["cpu", 1e-6, 5],
    ["wasm", 2e-6, 5],
    ["webgl", 1e-5, 2],
  ] as const)("on %s ends with the steps and losses that Node ends with", async (backend, bound, epochs) => {
    const page = await open(raceOf({ backend, epochs: String(epochs) }));
    await press(page, "Race");
    await ended(page);
    const { regimes } = await raceInNode(epochs);
    const [steps, losses, noise] = await Promise.all(
      ["steps", "trainingLoss", "noiseAtStart"].map(async (name) => column(page, name)),
    );
    expect(Object.keys(steps ?? {})).toEqual(["full:0", "full:0.9", "32:0", "32:0.9"]);
    for (const { batchSize, momentum, measured } of regimes) {
      const key = `${batchSize}:${momentum}`;
      expect(steps?.[key]).toBe(measured.steps?.median);
      const [loss, spread] = [measured.trainingLoss?.median ?? NaN, measured.noiseAtStart?.median ?? NaN];
      expect(Math.abs((losses?.[key] ?? NaN) - loss)).toBeLessThan(bound * loss);
      // The difference of two gradients that are nearly the same keeps fewer digits.
      expect(Math.abs((noise?.[key] ?? NaN) - spread)).toBeLessThan(10 * bound);
    }
    expect(await page.locator("[data-backend]").getAttribute("data-backend")).toBe(backend);
    await page.getByText("in a worker.", { exact: false }).waitFor();
    expect(await page.locator("[data-chart=paths] [data-runner]").count()).toBe(4);
    const lossOf = ({ measured }: RegimeRow) => measured.trainingLoss?.median ?? Infinity;
    const lowest = regimes.toSorted((a, b) => lossOf(a) - lossOf(b))[0];
    const name = lowest?.batchSize === 32 ? "Mini-batch 32" : "Batch";
    const outcome = await page.locator(".race-outcome").textContent();
    expect(outcome).toContain(`Lowest at the end: ${name} (μ\u00a0${lowest?.momentum}), `);
  });

  it("draws each curve while it runs", async () => {
    const page = await open("#/race?batches=1&momenta=0&epochs=500");
    await press(page, "Race");
    const drawn = page.locator("[data-chart=loss] [data-lane='1:0'] path");
    const length = async () => (await drawn.first().getAttribute("d", { timeout: 60_000 }))?.length ?? 0;
    const before = await length();
    await expect.poll(length, { timeout: 60_000 }).toBeGreaterThan(before);
    await page.getByText(/^0 of 1 done\. Now: Stochastic/).waitFor();
    await press(page, "Stop");
    await ended(page, "stopped");
  });

  it("is stopped at any time, with what was measured so far", async () => {
    const page = await open("#/race?batches=full,1&momenta=0&epochs=500");
    await press(page, "Race");
    // The first regime has run by then, and the second one would go on for minutes.
    await page.getByText(/^1 of 2 done\. Now: Stochastic/).waitFor({ timeout: 60_000 });
    await press(page, "Stop");
    await ended(page, "stopped");
    const statuses = await page.locator(".race-measured tr[data-regime] td:nth-child(2)").allTextContents();
    expect(statuses).toEqual(["finished", "stopped"]);
    expect(await column(page, "steps")).toMatchObject({ "full:0": 500 });
    await page.getByText("The race was stopped: 1 of 2 runs is missing or cut short.", { exact: false }).waitFor();
  });

  it("leaves no tensors behind, and ends with the page", async () => {
    const page = await open(raceOf());
    await press(page, "Tensors");
    const shown = page.locator("output[data-tensors]");
    await press(page, "Race");
    await ended(page);
    await expect.poll(async () => shown.getAttribute("data-tensors")).toBe("0");
    await press(page, "Race again");
    await ended(page);
    await expect.poll(async () => shown.getAttribute("data-tensors")).toBe("0");
    await page.getByRole("link", { name: "Descent" }).click();
    await page.getByRole("heading", { name: "Descent", level: 1 }).waitFor();
    await expect.poll(() => page.workers().length).toBe(0);
    // What was measured is still there for who comes back.
    await page.getByRole("link", { name: "Race" }).click();
    await ended(page);
    expect(await page.locator(".race-measured tr[data-regime]").count()).toBe(4);
  });
});

describe("the replay", () => {
  it("goes where the keyboard takes it, all regimes at the same moment, and the address with it", async () => {
    const page = await open(raceOf());
    await press(page, "Race");
    await ended(page);
    expect(await moment(page)).toBe(5);
    const slider = page.getByRole("slider", { name: "Moment of the race" });
    await slider.press("Home");
    expect(await moment(page)).toBe(0);
    const places = async () =>
      page.locator("[data-runner]").evaluateAll((each) => each.map((runner) => runner.getAttribute("data-x")));
    expect(new Set(await places()).size).toBe(1);
    // After one and a half epochs: the first full batch's step is the same with momentum and without.
    for (let times = 0; times < 3; times++) await slider.press("PageUp");
    expect(new Set(await places()).size).toBe(4);
    await expect.poll(() => Number(fieldsOf(page).get("at"))).toBe((1000 * (await moment(page))) / 5);
    await page.getByRole("radio", { name: "Steps" }).check();
    await slider.press("End");
    expect(await moment(page)).toBe(40);
    await page.getByRole("radio", { name: "Seconds" }).check();
    expect(await moment(page)).toBe(Math.max(...Object.values(await column(page, "seconds"))));
    await expect.poll(() => fieldsOf(page).get("by")).toBe("seconds");
  });

  it("runs by itself once for who raced, is paused, and goes on", async () => {
    const page = await open(raceOf(), { reducedMotion: "no-preference" });
    await press(page, "Race");
    await page.getByRole("button", { name: "Pause", exact: true }).waitFor({ timeout: 60_000 });
    await expect.poll(async () => moment(page)).toBeGreaterThan(0.3);
    await press(page, "Pause");
    const stood = await moment(page);
    await page.waitForTimeout(100);
    expect(await moment(page)).toBe(stood);
    expect(stood).toBeLessThan(5);
    // It goes from start to end in nine seconds: the last of them are enough.
    await page.getByRole("slider", { name: "Moment of the race" }).press("End");
    await page.getByRole("slider", { name: "Moment of the race" }).press("PageDown");
    await press(page, "Play");
    await expect.poll(async () => moment(page), { timeout: 30_000 }).toBe(5);
    await page.getByRole("button", { name: "Play", exact: true }).waitFor();
  });
});

describe("a link", () => {
  it("races the same elsewhere, and stands where it stood", async () => {
    const page = await open(raceOf());
    await page.getByRole("spinbutton", { name: "Seed" }).fill("7");
    await press(page, "Race");
    await ended(page);
    const losses = await column(page, "trainingLoss");
    await page.getByRole("slider", { name: "Moment of the race" }).press("PageDown");
    await expect.poll(() => fieldsOf(page).get("at")).toBe("900");
    await page.getByRole("button", { name: /^Mini-batch 32 \(μ 0\.9\)/ }).click();
    await expect.poll(() => fieldsOf(page).get("single")).toBe("32:0.9");
    const other = await open(new URL(page.url()).hash);
    await ended(other);
    expect(await column(other, "trainingLoss")).toEqual(losses);
    expect(await moment(other)).toBe(await moment(page));
    await expect.poll(() => new URL(other.url()).hash).toBe(new URL(page.url()).hash);
  });

  it("says that the settings have changed since", async () => {
    const page = await open(raceOf({ raced: "1" }));
    await ended(page);
    await page.getByRole("checkbox", { name: "0.9", exact: true }).uncheck();
    await page.getByText("The settings have changed since.", { exact: false }).first().waitFor();
    await expect.poll(() => fieldsOf(page).get("raced")).toBe("0");
    await press(page, "Race again");
    await ended(page);
    expect(Object.keys(await column(page, "steps"))).toEqual(["full:0", "32:0"]);
  });

  it("that was tampered with opens the default and says so", async () => {
    const page = await open("#/race?problem=volcano");
    const tampered = ["problem=volcano", "batches=", "layers=99-99", "rate=1e9", "at=-1", "momenta=0.9,0.9"];
    for (const fields of tampered) {
      await follow(page, `#/race?${fields}`);
      await page.getByText("This link could not be read", { exact: false }).waitFor();
      await page.getByText("6 runs, 15,900 steps in all").waitFor();
      await expect.poll(() => fieldsOf(page).get("problem"), { message: fields }).toBe("sine");
      await press(page, "Dismiss");
    }
  });
});
