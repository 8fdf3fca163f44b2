import { losses, type Loss } from "./losses.ts";
import { lookUp } from "./lookup.ts";

/** What is watched but not descended on: a scalar of target and prediction, averaged over the samples. */
export type Metric = Loss;

/** The metrics that have a name. */
export const metrics = losses satisfies Record<string, Metric>;

/** A name, or a function of target and prediction. The history holds it under that name. */
export type MetricLike = keyof typeof metrics | Metric;

/** The metrics by the name under which the history holds them. @throws UnknownNameError with the nearest known name */
export function resolveMetrics(chosen: readonly MetricLike[] = []): ReadonlyMap<string, Metric> {
  return new Map(
    chosen.map((metric, index) =>
      typeof metric === "function"
        ? [metric.name === "" ? `metric_${index + 1}` : metric.name, metric]
        : [metric, lookUp<Metric>("metric", metric, metrics)],
    ),
  );
}
