import type * as tf from "@tensorflow/tfjs-core";
import { meanOverSamples } from "./history.ts";
import { scalarOf, type Loss } from "./losses.ts";
import { resolveMetrics, type Metric, type MetricLike } from "./metrics.ts";
import { ScalarLog } from "./scalar-log.ts";

/** What is reported under a name: a few scalars of each batch, and one number made of those of all batches. */
export interface Measure {
  readonly name: string;
  /** The caller tidies. */
  readonly measure: (target: tf.Tensor, prediction: tf.Tensor) => tf.Scalar[];
  /** @param rows the scalars, batch by batch @param sizes of the batches */
  readonly combine: (rows: readonly (readonly number[])[], sizes: readonly number[]) => number;
}

/** The mean over samples of what is one scalar a batch. */
function combineMeans(rows: readonly (readonly number[])[], sizes: readonly number[]): number {
  return meanOverSamples(
    rows.map(([value]) => value as number),
    sizes,
  );
}

/** How the loss is reported. */
export const lossMeasure = { name: "loss", combine: combineMeans } as const;

/** The metrics as measures. @throws UnknownNameError, HyperparameterError as `resolveMetrics` does */
export function resolveMeasures(who: string, chosen: readonly MetricLike[] | undefined, loss: Loss): Measure[] {
  return [...resolveMetrics(who, chosen, loss)].map(([name, metric]) => measureOf(name, metric));
}

/** A function's values are averaged over the samples; an aggregate says how its own are combined. */
function measureOf(name: string, metric: Metric): Measure {
  const who = `The metric ${name}`;
  if (typeof metric === "function") {
    return {
      name,
      measure: (target, prediction) => [scalarOf(who, metric(target, prediction))],
      combine: combineMeans,
    };
  }
  return {
    name,
    measure: (target, prediction) => metric.measure(target, prediction).map((scalar) => scalarOf(who, scalar)),
    combine: (rows, sizes) => metric.combine(rows, sizes),
  };
}

/** The scalars of each measure on one batch. The caller tidies. */
export function measureAll(measures: readonly Measure[], target: tf.Tensor, prediction: tf.Tensor): tf.Scalar[][] {
  return measures.map(({ measure }) => measure(target, prediction));
}

/** What is read of one pass over samples. */
export interface MeasuredPass {
  /** The first measure, batch by batch: the loss. */
  readonly losses: readonly number[];
  /** All measures by name. */
  readonly values: Record<string, number>;
}

/** Collects what is measured of each batch on the device, and reads it all back at once. */
export class MeasureLog {
  readonly #measures: readonly Pick<Measure, "name" | "combine">[];
  readonly #log = new ScalarLog();
  #widths: readonly number[] = [];

  constructor(measures: readonly Pick<Measure, "name" | "combine">[]) {
    this.#measures = measures;
  }

  /** @param parts of one batch, the scalars of each measure: this log's from now on, alive at least until the next push */
  push(parts: readonly (readonly tf.Scalar[])[]): void {
    this.#widths = parts.map(({ length }) => length);
    this.#log.push(parts.flat());
  }

  /** @param sizes of the batches so far */
  async read(sizes: readonly number[]): Promise<MeasuredPass> {
    const numbers = await this.#log.read();
    const width = this.#widths.reduce((sum, each) => sum + each, 0);
    const rows = sizes.map((_, index) => numbers.slice(index * width, (index + 1) * width));
    return { losses: rows.map(([loss]) => loss as number), values: this.#combined(rows, sizes) };
  }

  /** One batch's measures alone, which the log holds on to. */
  async readBatch(parts: readonly (readonly tf.Scalar[])[], size: number): Promise<Record<string, number>> {
    const row = await Promise.all(parts.flat().map(async (scalar) => (await scalar.data())[0] as number));
    return this.#combined([row], [size]);
  }

  #combined(rows: readonly (readonly number[])[], sizes: readonly number[]): Record<string, number> {
    let start = 0;
    const values = this.#measures.map(({ name, combine }, index) => {
      const end = start + (this.#widths[index] ?? 0);
      const own = rows.map((row) => row.slice(start, end));
      start = end;
      return [name, combine(own, sizes)];
    });
    return Object.fromEntries(values) as Record<string, number>;
  }

  dispose(): void {
    this.#log.dispose();
  }
}
