import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright";
import { projectFolder } from "./run.ts";

/** The built lab. */
const labFolder = join(projectFolder, "examples/lab/dist");

/** Nothing listens there: what the page asks for is answered from the folder. */
const labOrigin = "http://localhost";

/** What a page of the lab did that it should not have done. */
export interface Misdeeds {
  /** Errors and warnings on the console, and what was thrown. */
  readonly console: string[];
  /** Requests to other origins, and for what is not there. */
  readonly requests: string[];
}

/** An opened page of the lab. */
export interface LabVisit {
  readonly page: Page;
  readonly misdeeds: Misdeeds;
  /** The files that it has asked for, by their paths in the folder. */
  readonly files: readonly string[];
}

/**
 * Opens the built lab, without its service worker: nothing here outlives a visit.
 *
 * @param hash the part of the address after the path, with its `#`
 * @param folder where it was built
 */
export async function openLab(
  browser: Browser,
  hash = "",
  options: BrowserContextOptions = {},
  folder: string = labFolder,
): Promise<LabVisit> {
  const context = await browser.newContext({ locale: "en-GB", reducedMotion: "reduce", ...options });
  await context.addInitScript("delete Navigator.prototype.serviceWorker");
  const misdeeds: Misdeeds = { console: [], requests: [] };
  const files: string[] = [];
  await context.route("**/*", async (route) => {
    const url = new URL(route.request().url());
    const file = url.pathname === "/" ? "index.html" : url.pathname.slice(1);
    const path = join(folder, file);
    if (url.origin === labOrigin && existsSync(path)) {
      files.push(file);
      return route.fulfill({ path });
    }
    misdeeds.requests.push(url.href);
    return route.abort();
  });
  const page = await context.newPage();
  watchConsole(page, misdeeds);
  await page.goto(`${labOrigin}/${hash}`);
  await page.locator("h1").waitFor();
  return { page, misdeeds, files };
}

/** Notes what a page complains of on the console, and what it throws. */
export function watchConsole(page: Page, misdeeds: Misdeeds): void {
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) misdeeds.console.push(message.text());
  });
  page.on("pageerror", (error) => misdeeds.console.push(String(error)));
}
