import { compareRegimes, type RegimeComparison, type RegimeRow, type Spread } from "rivulet";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { comparisonCsv } from "../../../src/bench/comparison-csv.ts";
import { endTables, wayTables } from "../../../src/bench/comparison-tables.ts";
import { comparisonText } from "../../../src/bench/comparison-text.ts";
import { curve } from "../../support/models.ts";

const { x, y } = curve(20);

const compare = async (): Promise<RegimeComparison> =>
  compareRegimes({ x, y, layers: [2] }, { batchSizes: ["full", 4], momenta: [0, 0.9], repeats: 2, sliceResolution: 0 });

const spread = (median: number, half = 0): Spread => ({
  median,
  lower: median - half,
  upper: median + half,
  least: median - half,
  largest: median + half,
  count: 2,
});

/** A comparison whose measured numbers are others. */
function withMeasured(comparison: RegimeComparison, measured: Partial<RegimeRow["measured"]>): RegimeComparison {
  return {
    ...comparison,
    regimes: comparison.regimes.map((row) => ({ ...row, measured: { ...row.measured, ...measured } })),
  };
}

const wide = { ...spread(123_456_789, 23_456_789) };

describe("the tables of a comparison", () => {
  it("show medians, and half the distance between the quartiles where runs differ", async () => {
    const comparison = withMeasured(await compare(), {
      stepsPerSecond: spread(5240, 157.2),
      samplesPerSecond: spread(41_900),
      trainingLoss: spread(0.0276, 0.000_01),
      validationLoss: null,
    });
    expect(endTables(comparison)).toBe(
      [
        "| batch | momentum |   steps/s | samples/s | training loss | validation |",
        "| ----: | -------: | --------: | --------: | ------------: | ---------: |",
        "|  full |        0 | 5,240 ±3% |    41,900 |    0.0276 ±1% |          – |",
        "|  full |      0.9 | 5,240 ±3% |    41,900 |    0.0276 ±1% |          – |",
        "|     4 |        0 | 5,240 ±3% |    41,900 |    0.0276 ±1% |          – |",
        "|     4 |      0.9 | 5,240 ±3% |    41,900 |    0.0276 ±1% |          – |",
      ].join("\n"),
    );
  });

  it("say how many runs reached the target where not half of them did", async () => {
    const none = { median: null, lower: null, upper: null, least: null, largest: null };
    const [one, two] = [await compare(), { ...none, count: 1 }];
    const table = wayTables(withMeasured(one, { stepsToTarget: two, epochsToTarget: { ...none, count: 0 } }));
    expect(table.split("\n")[2]).toMatch(/^\| {2}full \| {8}0 \| {6}– \| \(1 run\) \|/);
  });

  it("say what became of rows in which no run finished, and how many finished of the others", async () => {
    const comparison = await compare();
    const [first, ...others] = comparison.regimes as [RegimeRow, ...RegimeRow[]];
    const measured = { ...first.measured, trainingLoss: null };
    const counts = { finished: 0, diverged: 1, failed: 1, stopped: 0 };
    const table = endTables({ ...comparison, regimes: [{ ...first, measured, counts }, ...others] });
    expect(table.split("\n")[2]).toContain("|   0/2 |");
    expect(table.split("\n")[2]).toContain("|      diverged |");
    expect(table.split("\n")[3]).toContain("|   2/2 |");
  });

  it("are split where they would not fit, each with its regimes", async () => {
    const comparison = withMeasured(await compare(), {
      stepsPerSecond: wide,
      samplesPerSecond: wide,
      trainingLoss: wide,
    });
    const tables = endTables(comparison).split("\n\n");
    expect(tables.length).toBeGreaterThan(1);
    for (const table of tables) {
      expect(table).toMatch(/^\| batch \| momentum \|/);
      for (const line of table.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    }
  });
});

describe("the text of a comparison", () => {
  it("fits in 80 columns", async () => {
    for (const line of comparisonText(await compare()).split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("leaves seconds out where they cannot be compared, and says so", async () => {
    const why = "2 jobs ran at a time and slowed each other down. Compare steps.";
    const text = comparisonText({ ...(await compare()), secondsAreComparable: false, whySecondsAreNot: why });
    expect(text).not.toContain("steps/s");
    expect(text).not.toMatch(/\bseconds \|/);
    expect(text.replaceAll(/\s+/g, " ")).toContain(`Seconds are left out: ${why}`);
  });

  it("says why runs diverged or failed, in a line without what a terminal obeys", async () => {
    const comparison = await compare();
    const [first, ...others] = comparison.regimes as [RegimeRow, ...RegimeRow[]];
    const row = {
      ...first,
      counts: { finished: 1, diverged: 0, failed: 1, stopped: 0 },
      reason: "It\u001B[2J broke.\nSo.",
    };
    expect(comparisonText({ ...comparison, regimes: [row, ...others] })).toContain(
      "\n\nfull batch, no momentum: of 2 runs 1 failed. It [2J broke.\n\n",
    );
  });
});

describe("the CSV of a comparison", () => {
  it("has a row for each regime, with the table's numbers", async () => {
    const comparison = await compare();
    const { data, errors } = Papa.parse<Record<string, string>>(comparisonCsv(comparison), {
      header: true,
      skipEmptyLines: true,
    });
    expect(errors).toEqual([]);
    expect(data.map((row) => [row["batchSize"], row["momentum"], row["finished"]])).toEqual([
      ["full", "0", "2"],
      ["full", "0.9", "2"],
      ["4", "0", "2"],
      ["4", "0.9", "2"],
    ]);
    const losses = data.map((row) => Number(row["trainingLoss"]));
    expect(losses).toEqual(comparison.regimes.map(({ measured }) => measured.trainingLoss?.median));
    expect(data[0]?.["validationLoss"]).toBe("");
  });
});
