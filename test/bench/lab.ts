/**
 * How quickly the built lab answers while it computes: what the page's thread keeps an event waiting, and how many pictures
 * of a training are drawn in a second.
 *
 *     npm run bench:lab
 */
import { markdownTable } from "markdown-table";
import { chromium, type Page } from "playwright";
import { max, median } from "simple-statistics";
import { chromiumLaunchOptions } from "../support/chromium.ts";
import { openLab } from "../support/lab-site.ts";

/** What is open while it computes, and what starts it. */
const scenes = [
  { name: "Fit a curve, on wasm", hash: "#/fit?backend=wasm&hidden=8", start: "Train" },
  { name: "Fit a curve, on cpu", hash: "#/fit?backend=cpu&hidden=8", start: "Train" },
  { name: "Race, on cpu", hash: "#/race?batches=1&momenta=0,0.9&epochs=500", start: "Race" },
  {
    name: "Descent, six rules",
    hash: "#/descent?f=ravine&speed=60&rules=sgd,momentum,nesterov,adagrad,rmsprop,adam&rate=0.02",
    start: "Run",
  },
] as const;

// What a GPU does in no time, to put the page's parts together, takes it a second in software: done without one.
const plain = ["--disable-gpu-compositing", "--disable-gpu-rasterization", "--disable-accelerated-2d-canvas"];

/** In the page, for three seconds: how late timers of 10 ms are, in ms, and the pictures in which a step was new, a second. */
async function watch(): Promise<{ readonly late: number[]; readonly pictures: number }> {
  const seconds = 3;
  const late: number[] = [];
  let pictures = 0;
  const observer = new MutationObserver(() => void pictures++);
  const counts = document.querySelector(".fit-counts");
  if (counts !== null) observer.observe(counts, { attributes: true, attributeFilter: ["data-step"] });
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const before = performance.now();
    await new Promise<void>((resolve) => {
      setTimeout(resolve, 10);
    });
    late.push(performance.now() - before - 10);
  }
  observer.disconnect();
  return { late, pictures: pictures / seconds };
}

async function measure(page: Page, start: string): Promise<[median: string, longest: string, pictures: string]> {
  await page.getByRole("button", { name: start, exact: true }).click();
  // Until it is under way, and warm.
  await page.waitForTimeout(2000);
  const { late, pictures } = await page.evaluate(watch);
  return [median(late).toFixed(1), max(late).toFixed(0), pictures === 0 ? "" : pictures.toFixed(0)];
}

const options = chromiumLaunchOptions();
const browser = await chromium.launch({ ...options, args: [...(options.args ?? []), ...plain] });
try {
  const rows: string[][] = [];
  for (const { name, hash, start } of scenes) {
    const { page } = await openLab(browser, hash, { reducedMotion: "no-preference" });
    rows.push([name, ...(await measure(page, start))]);
    await page.context().close();
  }
  const header = ["an event waits, in ms", "median", "longest", "pictures a second"];
  console.log(markdownTable([header, ...rows], { align: ["l", "r", "r", "r"] }));
} finally {
  await browser.close();
}
