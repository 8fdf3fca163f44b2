import { losses, metrics, type NestedNumbers } from "rivulet";
import { describe, expect, it } from "vitest";
import { resolveMetrics, type AggregateMetric, type Metric, type MetricLike } from "../../src/metrics.ts";
import { measured } from "../support/measured.ts";

const only = (choice: MetricLike, loss?: keyof typeof losses): [string, Metric] => {
  const [entry] = resolveMetrics("fit", [choice], loss && losses[loss]);
  return entry as [string, Metric];
};

const largestError: AggregateMetric = {
  name: "largestError",
  measure: (target, prediction) => [losses.mae(target, prediction)],
  combine: (rows) => Math.max(...rows.flat()),
};

describe("resolveMetrics", () => {
  it.each(Object.keys(metrics) as (keyof typeof metrics)[])("has %s by the name that was given", (name) => {
    expect(only(name)).toEqual([name, metrics[name]]);
  });

  it("has every loss", () => {
    expect(Object.keys(metrics)).toEqual(expect.arrayContaining(Object.keys(losses)));
  });

  it("takes functions and aggregates of one's own by their names, and those without by their place", () => {
    const resolved = resolveMetrics("fit", ["mae", largestError, (_, a) => losses.mse(a, a)]);
    expect([...resolved.keys()]).toEqual(["mae", "largestError", "metric_3"]);
    expect(resolved.get("largestError")).toBe(largestError);
  });

  const target: NestedNumbers[] = [[0], [1], [1]];
  // As probabilities the second is class 0, as logits class 1.
  const prediction: NestedNumbers[] = [[-1], [0.25], [0.75]];

  it.each([
    ["accuracy", "binaryCrossentropyFromLogits", 1],
    ["binaryAccuracy", "binaryCrossentropyFromLogits", 1],
    [metrics.accuracy, "binaryCrossentropyFromLogits", 1],
    ["accuracy", "binaryCrossentropy", 2 / 3],
    ["binaryAccuracy", "mse", 2 / 3],
    ["accuracy", undefined, 2 / 3],
  ] as const)("has %o decide where the loss %s does", async (choice, loss, expected) => {
    const [name, metric] = only(choice, loss);
    expect(name).toBe(typeof choice === "string" ? choice : "accuracy");
    // A mean over samples is a float32.
    expect(await measured(metric, target, prediction)).toBe(Math.fround(expected));
  });

  it.each([
    ["acuracy", 'There is no metric "acuracy". Did you mean "accuracy"? Known: meanSquaredError, mse, '],
    [{ name: "half", measure: () => [] }, 'There is no metric {"name":"half"}. Known: '],
    [
      { ...largestError, name: "loss" },
      'fit expects a metric\'s name to be its own, not loss and not val_…, got "loss".',
    ],
    [undefined, "There is no metric undefined. Known: "],
  ])("refuses %o", (choice, message) => {
    expect(() => resolveMetrics("fit", [choice as MetricLike])).toThrow(message);
  });

  it("refuses two of one name", () => {
    expect(() => resolveMetrics("fit", ["rmse", metrics.rmse])).toThrow(
      'fit expects a metric\'s name to be its own, not loss and not val_…, got "rmse". Give the function another name.',
    );
  });
});
