import axe, { type AxeResults } from "axe-core";
import { chromium, type Browser, type Page } from "playwright";
import { medianSorted } from "simple-statistics";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RegimeComparison } from "../../src/regimes/comparison.ts";
import type { RegimeRun } from "../../src/regimes/regime.ts";
import { chromiumLaunchOptions } from "../support/chromium.ts";
import { drawnLines, drawnPlaces, scaleType, type DrawnLine } from "../support/drawn-marks.ts";
import { openReport } from "../support/open-report.ts";
import { sampleComparison } from "../support/sample-comparison.ts";

const sample = sampleComparison();
let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch(chromiumLaunchOptions());
});

afterAll(async () => {
  await browser.close();
});

type Axis = "epochs" | "steps" | "seconds";

const medianOf = (numbers: readonly number[]) => medianSorted(numbers.toSorted((a, b) => a - b));

/** What a line is to go through: all runs of a regime of the sample have their points after the same steps. */
function medians(runs: readonly RegimeRun[], axis: Axis, loss: "trainingLoss" | "validationLoss"): DrawnLine {
  const [first] = runs;
  return (first?.curve.steps ?? []).map((_, index) => [
    medianOf(runs.map(({ curve }) => Number(curve[axis][index]))),
    medianOf(runs.map(({ curve }) => Number(curve[loss]?.[index]))),
  ]);
}

/** 1e-4: a path is written with three decimals of a pixel, of some hundred that the axis has. */
function expectClose(drawn: DrawnLine | undefined, expected: DrawnLine): void {
  const extents = [0, 1].map((side) => Math.max(...expected.map((point) => Number(point[side]))));
  expect(drawn).toHaveLength(expected.length);
  for (const [index, point] of expected.entries()) {
    for (const side of [0, 1] as const) {
      const error = Math.abs(Number(drawn?.[index]?.[side]) - point[side]);
      expect(error).toBeLessThan(1e-4 * (extents[side] ?? NaN));
    }
  }
}

async function audit(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>("axe.run()");
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${String(target)}`));
}

describe("the report's charts", () => {
  it.each(["epochs", "steps", "seconds"] as const)("draw the medians of the JSON's losses against %s", async (axis) => {
    await using report = await openReport(browser, sample);
    await report.page.uncheck("[name=logCount]");
    const lines = await drawnLines(report.page, `#loss-${axis} svg`, "line");
    expect(Object.keys(lines)).toHaveLength(8);
    for (const { index } of sample.regimes) {
      const runs = sample.runs.filter(({ regime }) => regime === index);
      expectClose(lines[`line ${index + 1}`], medians(runs, axis, "trainingLoss"));
    }
  });

  it("draw the validation losses where those are chosen", async () => {
    await using report = await openReport(browser, sample);
    await report.page.uncheck("[name=logCount]");
    await report.page.check("[value=validationLoss]");
    const lines = await drawnLines(report.page, "#loss-steps svg", "line");
    const runs = sample.runs.filter(({ regime }) => regime === 2);
    expectClose(lines["line 3"], medians(runs, "steps", "validationLoss"));
  });

  it("draw bars of the table's steps per second, and the gradient noise", async () => {
    await using report = await openReport(browser, sample);
    const bars = await drawnPlaces(report.page, "#pace-bars svg", "bar");
    const [starts, ends] = [
      await drawnPlaces(report.page, "#noise-dots svg", "start"),
      await drawnPlaces(report.page, "#noise-dots svg", "end"),
    ];
    for (const { index, measured } of sample.regimes) {
      const { stepsPerSecond, noiseAtStart, noiseAtEnd } = measured;
      expect(Number(bars[`bar ${index + 1}`]) / Number(stepsPerSecond?.median)).toBeCloseTo(1, 3);
      // Noise of 0 has no place on a log axis.
      if (noiseAtStart?.median === 0) continue;
      expect(Number(starts[`start ${index + 1}`]) / Number(noiseAtStart?.median)).toBeCloseTo(1, 3);
      expect(Number(ends[`end ${index + 1}`]) / Number(noiseAtEnd?.median)).toBeCloseTo(1, 3);
    }
    expect(Object.keys(starts)).toEqual(["start 3", "start 4", "start 5", "start 6", "start 7", "start 8"]);
  });

  it("draw each regime's path over contours", async () => {
    await using report = await openReport(browser, sample);
    const panels = await report.page.locator("#path-panels figure").count();
    expect(panels).toBe(8);
    for (const { index } of sample.regimes) {
      const chart = `#path-panels figure:nth-child(${index + 1}) svg`;
      const { path } = await drawnLines(report.page, chart, "path");
      const run = sample.runs.find(({ regime, repeat }) => regime === index && repeat === 0);
      expectClose(path, run?.path?.x.map((x, place) => [x, Number(run.path?.y[place])]) ?? []);
      expect(await report.page.locator(`${chart} [aria-label=contour] path`).count()).toBeGreaterThan(5);
    }
  });
});

describe("the report's controls", () => {
  it("set the scales, by mouse and by keyboard", async () => {
    await using report = await openReport(browser, sample);
    const types = async () => [
      await scaleType(report.page, "#loss-steps svg", "x"),
      await scaleType(report.page, "#loss-steps svg", "y"),
    ];
    // Single samples take 64 times the steps of full batches.
    expect(await types()).toEqual(["log", "log"]);
    await report.page.click("text=of the loss");
    expect(await types()).toEqual(["log", "linear"]);
    await report.page.focus("[name=logCount]");
    await report.page.keyboard.press("Space");
    expect(await types()).toEqual(["linear", "linear"]);
    await report.page.focus("[name=logLoss]");
    await report.page.keyboard.press("Space");
    expect(await types()).toEqual(["linear", "log"]);
  });

  it("hide and show regimes in every chart", async () => {
    await using report = await openReport(browser, sample);
    const names = async () => Object.keys(await drawnLines(report.page, "#loss-seconds svg", "line"));
    await report.page.focus("[name=regime][value='2']");
    await report.page.keyboard.press("Space");
    expect(await names()).toEqual([1, 2, 4, 5, 6, 7, 8].map((number) => `line ${number}`));
    expect(Object.keys(await drawnPlaces(report.page, "#pace-bars svg", "bar"))).toHaveLength(7);
    expect(await report.page.locator("#path-panels figure:visible").count()).toBe(7);
    await report.page.click("text=Hide all");
    expect(await report.page.textContent("#loss-steps .plot")).toBe("No regime is chosen.");
    await report.page.click("text=Show all");
    expect(await names()).toHaveLength(8);
  });

  it("sort the table", async () => {
    await using report = await openReport(browser, sample);
    const paces = async () => {
      const rows = await report.page.locator("#table tbody td:first-child").evaluateAll((cells) => {
        return cells.map((cell) => (cell instanceof HTMLElement ? Number(cell.dataset["value"]) : NaN));
      });
      return rows.map((index) => Number(sample.regimes[index]?.measured.stepsPerSecond?.median));
    };
    const rising = (await paces()).toSorted((a, b) => a - b);
    await report.page.click("#table th:nth-child(3) button");
    expect(await paces()).toEqual(rising);
    await report.page.focus("#table th:nth-child(3) button");
    await report.page.keyboard.press("Enter");
    expect(await paces()).toEqual(rising.toReversed());
    expect(await report.page.getAttribute("#table thead tr:last-child th:nth-child(3)", "aria-sort")).toBe(
      "descending",
    );
  });
});

/** What may come of a comparison, besides the usual. */
const oddities: Readonly<Record<string, RegimeComparison>> = {
  "the usual": sample,
  "one regime, once": sampleComparison({ batchSizes: [8], momenta: [0], repeats: 1 }),
  "some diverged": sampleComparison({ learningRate: 0.9 }),
  "all diverged": sampleComparison({ learningRate: 5 }),
  "no target, no validation, no slice": {
    ...sample,
    target: { loss: null, from: "best run" },
    problem: { ...sample.problem, validationSamples: 0, description: "" },
    runs: sample.runs.map((run) => ({ ...run, path: null, curve: { ...run.curve, validationLoss: null } })),
    regimes: sample.regimes.map((row) => ({ ...row, measured: { ...row.measured, validationLoss: null } })),
    slice: null,
    command: null,
  },
  "nothing ran": {
    ...sampleComparison({ learningRate: 5 }),
    runs: [],
    slice: null,
    isComplete: false,
    whyIncomplete: "It was interrupted.",
    secondsAreComparable: false,
    whySecondsAreNot: "2 jobs ran at a time.",
  },
  "long names, swept rates": {
    ...sample,
    problem: { ...sample.problem, name: "a-file-with-quite-a-name".repeat(8) },
    regimes: sample.regimes.map((row) => ({ ...row, label: `${row.label}, ${"long".repeat(20)}` })),
    learningRateSweeps: sample.regimes.map(({ index }) => ({
      regime: index,
      budget: { unit: "epochs", amount: 5 },
      tried: [
        { learningRate: 0.05, loss: 0.2 },
        { learningRate: 5, loss: null },
      ],
      chosen: 0.05,
    })),
  },
};

/** Marks that nothing clips and that lie outside of their picture, over the text. */
async function strayMarks(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("svg.chart")].flatMap((svg) => {
      const picture = svg.getBoundingClientRect();
      return [...svg.querySelectorAll(":scope > g:not([clip-path]) :not(g)")].flatMap((mark) => {
        const { top, right, bottom, left } = mark.getBoundingClientRect();
        const isInside =
          top >= picture.top - 1 &&
          bottom <= picture.bottom + 1 &&
          left >= picture.left - 1 &&
          right <= picture.right + 9;
        return isInside ? [] : `${svg.ariaLabel}: ${mark.outerHTML}`;
      });
    }),
  );
}

it.each(Object.entries(oddities))("a report of %s is sound, light, dark and narrow", async (_, comparison) => {
  await using report = await openReport(browser, comparison, { viewport: { width: 1400, height: 800 } });
  const { page, faults } = report;
  expect(await audit(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(22, 24, 29)");
  expect(await audit(page)).toEqual([]);
  expect(await strayMarks(page)).toEqual([]);
  for (const width of [390, 360]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  }
  expect(await audit(page)).toEqual([]);
  expect(await page.innerText("body")).not.toMatch(/NaN|undefined|null|Infinity(?! within)/);
  expect(await page.content()).not.toMatch(/ d="[^"]*NaN|transform="[^"]*NaN/);
  expect(faults).toEqual([]);
});
