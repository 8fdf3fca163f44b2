import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright";
import type { RegimeComparison } from "../../src/regimes/comparison.ts";
import { reportOf } from "../../src/report/report-of.ts";

/** A report in a browser, and what went wrong there. */
export interface OpenReport extends AsyncDisposable {
  readonly page: Page;
  /** Errors and warnings of the console, exceptions, and every address asked for but the page's own. */
  readonly faults: readonly string[];
}

/** Writes a report to a file and opens it, as a user would who got it by mail. */
export async function openReport(
  browser: Browser,
  comparison: RegimeComparison,
  options: BrowserContextOptions = {},
): Promise<OpenReport> {
  const folder = await mkdtemp(join(tmpdir(), "rivulet-report-"));
  const file = join(folder, "report.html");
  await writeFile(file, reportOf(comparison));
  const context = await browser.newContext({ offline: true, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const address = pathToFileURL(file).href;
  const faults: string[] = [];
  page.on("console", (message) => faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("request", (request) => {
    if (request.url() !== address && !request.url().startsWith("data:")) faults.push(request.url());
  });
  await page.goto(address);
  await page.waitForSelector("#noise-dots .plot:not(:empty)");
  return {
    page,
    faults,
    async [Symbol.asyncDispose]() {
      await context.close();
      await rm(folder, { recursive: true });
    },
  };
}
