import { cp, mkdtemp, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { writeServiceWorker } from "../../examples/lab/offline/plugin.ts";
import { chromiumLaunchOptions } from "../support/chromium.ts";
import { steps } from "../support/descent-page.ts";
import { watchConsole, type Misdeeds } from "../support/lab-site.ts";
import { ended, raceOf } from "../support/race-page.ts";
import { serveFolder, type FolderServer } from "../support/serve-folder.ts";
import { backendOf, held } from "../support/training-page.ts";

let browser: Browser;
let context: BrowserContext;
/** What is served: the built site at first. */
let folder: string;
let server: FolderServer;
let misdeeds: Misdeeds;

beforeAll(async () => {
  browser = await chromium.launch(chromiumLaunchOptions());
});

afterAll(async () => browser.close());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rivulet-site-"));
  await cp(inject("labFolder"), folder, { recursive: true });
  server = await serveFolder(folder, "/courses/descent/");
  misdeeds = { console: [], requests: [] };
  context = await browser.newContext({ locale: "en-GB", reducedMotion: "reduce" });
  context.on("request", (request) => {
    if (!request.url().startsWith(server.url)) misdeeds.requests.push(request.url());
  });
});

afterEach(async () => {
  await context.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
  expect(misdeeds).toEqual({ console: [], requests: [] });
});

async function open(hash: string): Promise<Page> {
  const page = await context.newPage();
  watchConsole(page, misdeeds);
  await page.goto(`${server.url}${hash}`);
  await page.locator("h1").waitFor();
  return page;
}

/** Waits until the whole lab is kept. */
async function kept(page: Page): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
}

/** Takes the network away, and the server with it. */
async function unplug(): Promise<void> {
  await context.setOffline(true);
  await server.close();
}

/** The files that are kept, by their paths in the site. */
async function keptFiles(page: Page): Promise<readonly string[]> {
  const urls = await page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => url);
  });
  return urls.map((url) => url.replace(server.url, "").replace(/\?.*/, "")).toSorted();
}

async function servedFiles(): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return files
    .map((path) => path.slice(folder.length + 1))
    .filter((path) => path !== "service-worker.js")
    .toSorted();
}

/** Puts another version in the place of the one that is served: the same, but for the names of all that is loaded. */
async function deployAnother(): Promise<void> {
  const assets = join(folder, "assets");
  const names = await readdir(assets);
  for (const name of names) await rename(join(assets, name), join(assets, `next-${name}`));
  for (const path of [join(folder, "index.html"), ...names.map((name) => join(assets, `next-${name}`))]) {
    const text = (await readFile(path, "utf8")).replace("<html ", '<html data-version="next" ');
    await writeFile(
      path,
      names.reduce((changed, name) => changed.replaceAll(name, `next-${name}`), text),
    );
  }
  await writeServiceWorker(folder);
}

const versionOf = async (page: Page) => page.locator("html").getAttribute("data-version");

describe("without a network", () => {
  it("opens every page again, and computes, also on backends that were never used before", async () => {
    const page = await open("#/backpropagation");
    await kept(page);
    expect(await keptFiles(page)).toEqual(await servedFiles());
    await page.close();
    await unplug();
    const descent = await open("#/descent?step=3");
    expect(await steps(descent, 4)).toHaveLength(4);
    const backpropagation = await open("#/backpropagation?lang=zh");
    await backpropagation.locator(".comparison tbody tr").first().waitFor();
    expect(await backpropagation.locator("h1").textContent()).toBe("反向传播");
    for (const backend of ["webgl", "wasm"]) {
      const fit = await open(`#/fit?backend=${backend}&hidden=2&step=2`);
      await held(fit, 2);
      expect(await backendOf(fit).getAttribute("data-backend")).toBe(backend);
      await fit.close();
    }
    const race = await open(raceOf({ backend: "cpu", raced: "1" }));
    await ended(race);
    expect(await race.locator(".race-measured tr[data-regime]").count()).toBe(4);
  });
});

describe("a new version", () => {
  it("is shown at once where there is a network, and takes the old one's place once no page of that is open", async () => {
    const old = await open("#/backpropagation");
    await kept(old);
    await deployAnother();
    const next = await open("#/fit?backend=cpu&hidden=2");
    expect(await versionOf(next)).toBe("next");
    await held(next, 0);
    await next.waitForFunction(async () => (await navigator.serviceWorker.ready).waiting?.state === "installed");
    // Of the old page not everything was loaded yet, and none of it is served any more.
    await old.getByRole("link", { name: "Fit a curve" }).click();
    await held(old, 0);
    expect(await versionOf(old)).toBeNull();
    await old.close();
    await next.close();
    const later = await open("#/descent?step=1");
    // The browser has the one worker follow the other when it finds the time, once no page is open.
    await expect
      .poll(
        async () => {
          await later.goto("about:blank");
          await later.goto(`${server.url}#/descent?step=1`);
          return keptFiles(later);
        },
        { timeout: 30_000, interval: 1000 },
      )
      .toEqual(await servedFiles());
    await unplug();
    await later.reload();
    expect(await steps(later, 2)).toHaveLength(2);
    expect(await versionOf(later)).toBe("next");
  });
});
