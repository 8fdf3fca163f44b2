import { expectHyperparameter } from "./hyperparameter.ts";
import { lookUp } from "./lookup.ts";
import { losses, type Loss } from "./losses.ts";
import { traitsOf } from "./losses/loss-traits.ts";
import { accuracy, binaryAccuracy, categoricalAccuracy, sparseCategoricalAccuracy } from "./metrics/accuracy.ts";
import type { AggregateMetric, Metric, MetricFunction } from "./metrics/metric.ts";
import { r2Score } from "./metrics/r2.ts";
import { rootMeanSquaredError } from "./metrics/root-mean-squared-error.ts";

export type { AggregateMetric, Metric, MetricFunction };

/** The metrics that have a name: the losses, and what is only watched. */
export const metrics = {
  ...losses,
  rmse: rootMeanSquaredError,
  r2: r2Score,
  accuracy,
  binaryAccuracy,
  categoricalAccuracy,
  sparseCategoricalAccuracy,
} as const satisfies Record<string, Metric>;

/** A name, a function of target and prediction, or an aggregate. The history holds it under that name. */
export type MetricLike = keyof typeof metrics | Metric;

/**
 * The metrics by the name under which the history holds them. None is weighted by sample weights.
 *
 * @param who the call that they were given to
 * @param loss where it takes logits, `accuracy` and `binaryAccuracy` decide at 0, not at 0.5
 * @throws UnknownNameError with the nearest known name; HyperparameterError for two of one name
 */
export function resolveMetrics(
  who: string,
  chosen: readonly MetricLike[] = [],
  loss?: Loss,
): ReadonlyMap<string, Metric> {
  expectHyperparameter(Array.isArray(chosen), who, "metrics", 'an array, such as ["mae"]', chosen);
  const takesLogits = loss !== undefined && traitsOf(loss)?.fromLogits === true;
  const resolved = new Map<string, Metric>();
  for (const [index, choice] of chosen.entries()) {
    const metric = isMetric(choice) ? choice : lookUp<Metric>("metric", choice, metrics);
    const name = typeof choice === "string" ? choice : metric.name || `metric_${index + 1}`;
    // val_… is what the history calls a measure of the validation.
    const isFree = !resolved.has(name) && name !== "loss" && !name.startsWith("val_") && !(name in Object.prototype);
    const mend = typeof choice === "string" ? "Leave it out the second time." : "Give the function another name.";
    expectHyperparameter(isFree, who, "a metric's name", "its own, not loss and not val_…", name, mend);
    resolved.set(name, takesLogits ? ofLogits(metric) : metric);
  }
  return resolved;
}

function isMetric(choice: MetricLike): choice is Metric {
  if (typeof choice === "function") return true;
  if (typeof choice !== "object" || choice === null) return false;
  return typeof choice.measure === "function" && typeof choice.combine === "function";
}

/** A logit above 0 is a probability above one half. */
function ofLogits(metric: Metric): Metric {
  const decides = [accuracy, binaryAccuracy].find((candidate) => candidate === metric);
  return decides === undefined ? metric : (target, prediction) => decides(target, prediction, 0);
}
