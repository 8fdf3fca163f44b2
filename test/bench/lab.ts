/**
 * How quickly the built lab answers while it computes: what the page's thread keeps an event waiting, how many pictures of
 * it are drawn in a second, and how many steps pass.
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

interface Watched {
  /** How late timers of 10 ms are, in ms. */
  readonly late: number[];
  /** A second: those in which a step was new. */
  readonly pictures: number;
  /** A second. */
  readonly steps: number;
}

/** In the page, for three seconds. */
async function watch(): Promise<Watched> {
  const seconds = 3;
  const late: number[] = [];
  let pictures = 0;
  const observer = new MutationObserver(() => void pictures++);
  const counts = document.querySelector<HTMLElement>("output[data-step]");
  const first = Number(counts?.dataset["step"]);
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
  const steps = (Number(counts?.dataset["step"]) - first) / seconds;
  return { late, pictures: pictures / seconds, steps };
}

/** The cells of a row: the median wait and the longest; pictures and steps a second, where the page counts them. */
async function measure(page: Page, start: string): Promise<string[]> {
  await page.getByRole("button", { name: start, exact: true }).click();
  // Until it is under way, and warm.
  await page.waitForTimeout(2000);
  const { late, pictures, steps } = await page.evaluate(watch);
  const rates = Number.isNaN(steps) ? ["", ""] : [pictures.toFixed(0), steps.toFixed(0)];
  return [median(late).toFixed(1), max(late).toFixed(0), ...rates];
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
  const header = ["an event waits, in ms", "median", "longest", "pictures a second", "steps a second"];
  console.log(markdownTable([header, ...rows], { align: ["l", "r", "r", "r", "r"] }));
} finally {
  await browser.close();
}
