import { metrics } from "rivulet";
import { describe, expect, it } from "vitest";
import type { Metric } from "../../../src/metrics.ts";
import golden from "../../golden/metrics.json" with { type: "json" };
import { expectClose } from "../../support/expect-close.ts";
import { measured } from "../../support/measured.ts";

/** The metric that a case is about, by Keras's long name or by one of ours. */
function metricOf(name: string): Metric {
  const entry = Object.entries<Metric>({ ...metrics, rootMeanSquaredError: metrics.rmse }).find(
    ([key]) => key === name,
  );
  if (entry === undefined) throw new Error(`There is no metric for the golden case ${name}.`);
  return entry[1];
}

describe("metrics against Keras's", () => {
  const cases = golden.cases.map((each, index) => [index, each.name, each] as const);

  it.each(cases)("case %i: %s, after each batch", async (_, name, { target, prediction, plain }) => {
    const results: number[] = [];
    for (const count of golden.batchSizes.keys()) {
      const sizes = golden.batchSizes.slice(0, count + 1);
      results.push(await measured(metricOf(name), target, prediction, sizes));
    }
    // Keras has NaN for a constant target that is met exactly, and we 1: the only figure that differs on purpose.
    const expected = plain.map((value) => (typeof value === "number" ? value : 1));
    await expectClose(results, expected);
  });

  it("has a case of each that is no loss; accuracy stands for three of them", () => {
    const covered = new Set(golden.cases.map(({ name }) => metricOf(name)));
    const wanted = [metrics.rmse, metrics.r2, metrics.binaryAccuracy, metrics.categoricalAccuracy];
    expect([...covered]).toEqual(expect.arrayContaining([...wanted, metrics.sparseCategoricalAccuracy]));
  });
});
