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

/**
 * Opens the built lab.
 *
 * @param hash the part of the address after the path, with its `#`
 * @param folder where it was built
 */
export async function openLab(
  browser: Browser,
  hash = "",
  options: BrowserContextOptions = {},
  folder: string = labFolder,
): Promise<{ readonly page: Page; readonly misdeeds: Misdeeds }> {
  const context = await browser.newContext({ locale: "en-GB", reducedMotion: "reduce", ...options });
  const misdeeds: Misdeeds = { console: [], requests: [] };
  await context.route("**/*", async (route) => {
    const url = new URL(route.request().url());
    const file = join(folder, url.pathname === "/" ? "index.html" : url.pathname);
    if (url.origin === labOrigin && existsSync(file)) return route.fulfill({ path: file });
    misdeeds.requests.push(url.href);
    return route.abort();
  });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) misdeeds.console.push(message.text());
  });
  page.on("pageerror", (error) => misdeeds.console.push(String(error)));
  await page.goto(`${labOrigin}/${hash}`);
  await page.locator("h1").waitFor();
  return { page, misdeeds };
}
