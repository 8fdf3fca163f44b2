import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, inject, it } from "vitest";
import { press } from "../support/lab-page.ts";
import { held, stepsPast } from "../support/training-page.ts";
import { visitLab } from "../support/visit-lab.ts";

const { open, filesOf } = visitLab();

/** What the lab may cost whoever opens it, in bytes as they go over the wire. */
const most = 350_000;

const read = async (file: string) => readFile(join(inject("labFolder"), file));

/** The files with a backend's kernels, a hundred and more. The thirty of cpu's that WebGL borrows are no backend. */
async function kernelsOf(backend: string): Promise<readonly string[]> {
  const names = (await readdir(join(inject("labFolder"), "assets"))).map((name) => `assets/${name}`);
  const sources = await Promise.all(names.map(async (name) => (await read(name)).toString()));
  const mark = new RegExp(`backendName:["'\`]${backend}["'\`]`, "g");
  return names.filter((_, index) => (sources[index]?.match(mark) ?? []).length > 60);
}

it("is under 350 kB gzipped up to the first picture on WebGL, without the other backends", async () => {
  const page = await open("");
  await held(page, 0);
  // The first picture stands: what the other pages want is fetched two seconds later.
  const files = [...new Set(filesOf(page))];
  expect(await page.locator("[data-backend]").getAttribute("data-backend")).toBe("webgl");
  const sizes = await Promise.all(files.map(async (file) => gzipSync(await read(file)).length));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  expect(total).toBeLessThan(most);
  // If it were much less, it would not be the whole of it that is counted here.
  expect(total).toBeGreaterThan(most / 2);
  const kernels = await Promise.all(["webgl", "cpu", "wasm", "webgpu"].map(kernelsOf));
  // Each is built in more than once: for the page and for what computes beside it.
  expect(kernels.every((each) => each.length > 0)).toBe(true);
  expect(kernels.map((each) => each.filter((file) => files.includes(file)).length)).toEqual([1, 0, 0, 0]);
  expect(files.filter((file) => file.endsWith(".wasm"))).toEqual([]);
});

it("waits with the rest while a training goes on, which would stand still meanwhile", async () => {
  const page = await open("#/fit?backend=cpu&hidden=4");
  // At once: after two seconds of standing still the rest is fetched.
  await page.waitForFunction(() => {
    const train = document.querySelector<HTMLButtonElement>(".fit-transport button.primary");
    if (train === null || train.disabled) return false;
    train.click();
    return true;
  });
  await stepsPast(page, 0);
  const fetched = filesOf(page).length;
  await page.waitForTimeout(5000);
  expect(filesOf(page).length).toBe(fetched);
  await press(page, "Pause");
  await expect.poll(() => filesOf(page).length, { timeout: 60_000 }).toBeGreaterThan(fetched + 5);
});
