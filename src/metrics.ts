import { expectHyperparameter } from "./hyperparameter.ts";
import { losses, type Loss } from "./losses.ts";
import { lookUp } from "./lookup.ts";

/** What is watched but not descended on: a scalar of target and prediction, averaged over the samples. */
export type Metric = Loss;

/** The metrics that have a name. */
export const metrics = losses satisfies Record<string, Metric>;

/** A name, or a function of target and prediction. The history holds it under that name. */
export type MetricLike = keyof typeof metrics | Metric;

/**
 * The metrics by the name under which the history holds them.
 *
 * @param who the call that they were given to
 *
 * @throws UnknownNameError with the nearest known name; HyperparameterError for two of one name
 */
export function resolveMetrics(who: string, chosen: readonly MetricLike[] = []): ReadonlyMap<string, Metric> {
  expectHyperparameter(Array.isArray(chosen), who, "metrics", 'an array, such as ["mae"]', chosen);
  const resolved = new Map<string, Metric>();
  for (const [index, metric] of chosen.entries()) {
    const isFunction = typeof metric === "function";
    const name = isFunction ? metric.name || `metric_${index + 1}` : metric;
    const isFree = !resolved.has(name) && name !== "loss" && !(name in Object.prototype);
    expectHyperparameter(
      isFree,
      who,
      "a metric's name",
      "its own, and not loss",
      name,
      "Give the function another name.",
    );
    resolved.set(name, isFunction ? metric : lookUp<Metric>("metric", metric, metrics));
  }
  return resolved;
}
