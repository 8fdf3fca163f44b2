import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright";
import { builtInProblem, compareRegimes, useBackend, type RegimeComparison, type RegimeRow } from "rivulet";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { chromiumLaunchOptions } from "../support/chromium.ts";
import { openLab, type Misdeeds } from "../support/lab-site.ts";
import { runWell } from "../support/run.ts";

let browser: Browser;
let folder = "";
let opened: { readonly page: Page; readonly misdeeds: Misdeeds }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rivulet-lab-"));
  const to = ["--outDir", folder, "--emptyOutDir"];
  await runWell("npx", ["vite", "build", "--config", "examples/lab/vite.config.ts", ...to]);
  browser = await chromium.launch(chromiumLaunchOptions());
});

afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

/** Every test is one of good behaviour, too: nothing on the console, no request for what is not the site's. */
afterEach(async () => {
  const seen = opened.map(({ misdeeds }) => misdeeds);
  await Promise.all(opened.map(({ page }) => page.context().close()));
  opened = [];
  for (const misdeeds of seen) expect(misdeeds).toEqual({ console: [], requests: [] });
});

async function open(fields: string, options: BrowserContextOptions = {}, within = browser): Promise<Page> {
  const lab = await openLab(within, `#/race?${fields}`, options, folder);
  opened.push(lab);
  return lab.page;
}

/** Two weights, and so few steps that a race in software is short. */
function small(changes: Readonly<Record<string, string>> = {}): string {
  const fields = { problem: "ill-conditioned", epochs: "5", batches: "full,32", momenta: "0,0.9", ...changes };
  return new URLSearchParams(fields).toString();
}

const press = async (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

/** Waits until a race has ended. */
async function ended(page: Page, status = "ended"): Promise<void> {
  await page.locator(`.race-starter[data-busy=false] [data-status=${status}]`).waitFor({ timeout: 120_000 });
}

/** A column of the table, by regime, as it is, not as it is rounded for the eye; NaN where there is no number. */
async function column(page: Page, name: string): Promise<Record<string, number>> {
  const rows = await page.locator(".race-measured tr[data-regime]").evaluateAll(
    (each, wanted) =>
      each.map((row) => {
        const cell = row.querySelector<HTMLElement>(`[data-column=${wanted}]`);
        return [row.getAttribute("data-regime") ?? "", Number(cell?.dataset["exact"] ?? NaN)] as const;
      }),
    name,
  );
  return Object.fromEntries(rows);
}

const fieldsOf = (page: Page) => new URLSearchParams(new URL(page.url()).hash.split("?")[1]);
const moment = async (page: Page) => Number(await page.locator(".race-playback output").getAttribute("data-moment"));

/** What the library's own call gives in Node for the small race. */
async function raceInNode(): Promise<RegimeComparison> {
  await useBackend("cpu");
  return compareRegimes(await builtInProblem("ill-conditioned"), {
    batchSizes: ["full", 32],
    momenta: [0, 0.9],
    budget: { unit: "epochs", amount: 5 },
    repeats: 1,
    seed: 42,
  });
}

describe("a race", () => {
  it.each([
    // Of what a number is: Node's and Chromium's engines add alike, wasm and a GPU in other orders.
    ["cpu", 1e-6],
    ["wasm", 2e-6],
    ["webgl", 1e-5],
  ] as const)("on %s ends with the steps and losses that Node ends with", async (backend, bound) => {
    const page = await open(small({ backend }));
    await press(page, "Race");
    await ended(page);
    const { regimes } = await raceInNode();
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
    const page = await open("batches=1&momenta=0&epochs=500");
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
    const page = await open("batches=full,1&momenta=0&epochs=500");
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
    const page = await open(small());
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
    const page = await open(small());
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
    const page = await open(small(), { reducedMotion: "no-preference" });
    await press(page, "Race");
    await page.getByRole("button", { name: "Pause", exact: true }).waitFor({ timeout: 60_000 });
    await expect.poll(async () => moment(page)).toBeGreaterThan(0.3);
    await press(page, "Pause");
    const stood = await moment(page);
    await page.waitForTimeout(100);
    expect(await moment(page)).toBe(stood);
    expect(stood).toBeLessThan(5);
    await press(page, "Play");
    await expect.poll(async () => moment(page), { timeout: 30_000 }).toBe(5);
    await page.getByRole("button", { name: "Play", exact: true }).waitFor();
  });
});

describe("a link", () => {
  it("races the same elsewhere, and stands where it stood", async () => {
    const page = await open(small());
    await page.getByRole("spinbutton", { name: "Seed" }).fill("7");
    await press(page, "Race");
    await ended(page);
    const losses = await column(page, "trainingLoss");
    await page.getByRole("slider", { name: "Moment of the race" }).press("PageDown");
    await expect.poll(() => fieldsOf(page).get("at")).toBe("900");
    await page.getByRole("button", { name: /^Mini-batch 32 \(μ 0\.9\)/ }).click();
    await expect.poll(() => fieldsOf(page).get("single")).toBe("32:0.9");
    const other = await open(new URL(page.url()).hash.split("?")[1] ?? "");
    await ended(other);
    expect(await column(other, "trainingLoss")).toEqual(losses);
    expect(await moment(other)).toBe(await moment(page));
    await expect.poll(() => new URL(other.url()).hash).toBe(new URL(page.url()).hash);
  });

  it("says that the settings have changed since", async () => {
    const page = await open(small({ raced: "1" }));
    await ended(page);
    await page.getByRole("checkbox", { name: "0.9", exact: true }).uncheck();
    await page.getByText("The settings have changed since.", { exact: false }).first().waitFor();
    await expect.poll(() => fieldsOf(page).get("raced")).toBe("0");
    await press(page, "Race again");
    await ended(page);
    expect(Object.keys(await column(page, "steps"))).toEqual(["full:0", "32:0"]);
  });

  it.each(["problem=volcano", "batches=", "layers=99-99", "rate=1e9", "at=-1", "momenta=0.9,0.9"])(
    "that was tampered with opens the default and says so: %s",
    async (fields) => {
      const page = await open(fields);
      await page.getByText("This link could not be read", { exact: false }).waitFor();
      await page.getByText("6 runs, 15,900 steps in all").waitFor();
      await expect.poll(() => fieldsOf(page).get("problem")).toBe("sine");
    },
  );
});

describe("what goes wrong", () => {
  it("has a row that says that a regime diverged, and the others go on", async () => {
    const page = await open(small({ rate: "0.13", momenta: "0", epochs: "60", raced: "1" }));
    await ended(page);
    const statuses = await page.locator(".race-measured tr[data-regime] td:nth-child(2)").allTextContents();
    expect(statuses).toEqual(["finished", "diverged"]);
    expect(await page.locator("[data-reason]").first().textContent()).toMatch(/rivulet says: The loss became/);
    expect(await page.locator(".race-outcome").textContent()).toContain("diverged: a smaller learning rate helps.");
  });

  it("shows what was measured before the GPU went away, and races on another backend", async () => {
    const page = await open(small({ epochs: "100", batches: "full,1", momenta: "0", backend: "webgl" }));
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
      const page = await open(small({ backend: "webgl", raced: "1" }), {}, blind);
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

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

async function violations(page: Page): Promise<unknown> {
  await page.evaluate(await readFile(axe, "utf8"));
  return page.evaluate(
    `axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).join(" ")))`,
  );
}

describe("accessibility", () => {
  it.each(["light", "dark"] as const)("has nothing for axe to find, in %s", async (colorScheme) => {
    const page = await open(small(), { colorScheme });
    expect(await violations(page)).toEqual([]);
    await press(page, "Race");
    await ended(page);
    expect(await violations(page)).toEqual([]);
  });

  it("has nothing for axe to find on a phone, in Chinese", async () => {
    const viewport = { width: 360, height: 740 };
    const page = await open(small({ rate: "0.13", epochs: "60", raced: "1" }), { viewport, locale: "zh-CN" });
    await ended(page);
    expect(await page.locator("h1").textContent()).toBe("赛跑");
    expect(await violations(page)).toEqual([]);
    const [width, needed] = await page.evaluate(() => [innerWidth, document.documentElement.scrollWidth] as const);
    expect(needed).toBeLessThanOrEqual(width);
  });
});
