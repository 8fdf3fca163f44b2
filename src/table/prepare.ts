import { DataError } from "../errors.ts";
import { describeTable } from "./describe-table.ts";
import { encodeInputs, encodeTargets, type EncodedRows, type TargetScale } from "./encode.ts";
import type { Feature } from "./feature.ts";
import { momentsOf, presentIn } from "./moments.ts";
import { readTable, type TableOptions } from "./read-table.ts";
import { splitRows, type Split } from "./split.ts";
import { explainTask, taskOf, type Task, type TaskName } from "./task.ts";
import { treatAll, type Treatment } from "./treatment.ts";

/** What to make of a file. */
export interface PrepareOptions extends TableOptions {
  /** Default: what the target's values suggest. */
  readonly task: TaskName | undefined;
  /** The fraction of the rows that is tested on, in (0, 1). */
  readonly testFraction: number;
  readonly seed: number;
}

/** A file made ready for a network: all that is needed to predict other rows in the same way stands in it. */
export interface PreparedTable {
  readonly targetName: string;
  readonly task: Task;
  /** The network's inputs, in order. */
  readonly features: readonly Feature[];
  readonly scale: TargetScale;
  readonly split: Split;
  readonly parts: { readonly [Part in keyof Split]: EncodedRows };
}

/**
 * Reads a file, finds what its columns hold, deals out its rows, and encodes them as the training rows have it.
 *
 * @param say takes what a user ought to know of it, in plain text
 * @throws HyperparameterError, UnknownNameError for options that do not fit the file; DataError for a file that cannot be
 * learnt from
 */
export async function prepareTable(
  path: string,
  options: PrepareOptions,
  say: (text: string) => void,
): Promise<PreparedTable> {
  const table = await readTable(path, options);
  const task = taskOf(table.target, options.task);
  const labels = task.kind === "classification" ? task.labels : undefined;
  const split = splitRows(table.rows, { seed: options.seed, testFraction: options.testFraction, labels });
  const treatments = treatAll(table.inputs, split.training, table.rows + table.withoutTarget);
  say(describeTable(table, treatments, explainTask(table.target, task, options.task)));
  const features = treatments.flatMap((treatment) => treatment.features);
  if (features.length === 0) throw new DataError(`${path} has no column left to predict the target from.`);
  const scale = task.kind === "regression" ? scaleOf(task.values, split.training) : { mean: 0, deviation: 1 };
  const encode = (rows: Int32Array) => encodeRows(treatments, task, scale, rows);
  const { training, validation, test } = split;
  const parts = { training: encode(training), validation: encode(validation), test: encode(test) };
  return { targetName: table.target.name, task, features, scale, split, parts };
}

/** @throws DataError if the target is the same in all those rows */
function scaleOf(values: Float64Array, training: Int32Array): TargetScale {
  const { mean, deviation, isConstant } = momentsOf(presentIn(values, training));
  if (!isConstant) return { mean, deviation };
  throw new DataError(`The target is ${mean} in all ${training.length} training rows: there is nothing to learn.`);
}

function encodeRows(treatments: readonly Treatment[], task: Task, scale: TargetScale, rows: Int32Array): EncodedRows {
  return { x: encodeInputs(treatments, rows), y: encodeTargets(task, scale, rows) };
}
