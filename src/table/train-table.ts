import { useBackend, type BackendName } from "rivulet";
import { quote } from "../quote.ts";
import { compare } from "./compare.ts";
import { describeComparison, verdictOn } from "./describe-comparison.ts";
import { fitLinear, predictLinear } from "./least-squares.ts";
import { locationOf } from "./model-location.ts";
import { batchSizeFor, predictRows, trainNetwork, type NetworkOptions } from "./network.ts";
import { prepareTable, type PreparedTable, type PrepareOptions } from "./prepare.ts";
import { recipeOf } from "./recipe.ts";
import { countOf, wrapLines } from "./text-width.ts";

/** What to read, how to train on it, and where. */
export interface TrainTableOptions extends PrepareOptions, Omit<NetworkOptions, "batchSize"> {
  /** Default: what suits the number of rows. */
  readonly batchSize: number | "full" | undefined;
  readonly backend: BackendName | "auto";
  /** The folder that the model is saved in, for `predictTable` and everybody else. Default: it is not saved. */
  readonly save: string | undefined;
}

/**
 * Trains a network to predict one column of a CSV file from the others, and compares it on held-out rows with predictions
 * that need none. The model is saved when all that is said.
 *
 * @param say takes what a user ought to know, part by part, in plain text of 80 columns
 * @throws HyperparameterError, UnknownNameError for options that do not fit the file; DataError for a file that cannot be
 * learnt from; ModelFileError where it cannot be saved; DivergenceError; BackendError; the signal's reason when it is aborted
 */
export async function trainTable(path: string, options: TrainTableOptions, say: (text: string) => void): Promise<void> {
  const backend = await useBackend(options.backend);
  const table = await prepareTable(path, options, say);
  const { task, split, parts, scale } = table;
  const batchSize = options.batchSize ?? batchSizeFor(split.training.length);
  say(`\n${describePlan(table, { ...options, batchSize })}\n`);
  const linear = await linearPredictions(table);
  const started = performance.now();
  const network = await trainNetwork(task.kind, parts, { ...options, batchSize });
  using _model = network.model;
  const seconds = (performance.now() - started) / 1000;
  const predictions = { linear, network: await predictRows(network.model, parts.test.x) };
  const comparison = compare(task, scale, split, predictions);
  const unit = task.kind === "regression" ? `, in the units of ${quote(table.targetName)}` : "";
  say(wrapLines(`Errors on the ${countOf(split.test.length, "test row")}${unit}:`));
  say(`\n${describeComparison(comparison)}\n`);
  if (linear === undefined) say(`More than ${mostLinearInputs} inputs are too many for linear least squares here.`);
  const verdict = verdictOn(comparison);
  if (verdict !== "") say(wrapLines(verdict));
  const trained = `Trained ${countOf(network.epochs, "epoch")} on ${backend.name} in ${seconds.toFixed(1)} s`;
  say(wrapLines(`${trained}; tested as it was after epoch ${network.bestEpoch}, the best on the validation rows.`));
  if (options.save === undefined) return;
  options.signal?.throwIfAborted();
  network.model.metadata = recipeOf(table);
  await network.model.save(locationOf(options.save));
  const folder = /^[\w./-]+$/.test(options.save) ? options.save : JSON.stringify(options.save);
  say(`\nSaved. To predict other rows:\n  npx rivulet predict ${folder} rows.csv`);
}

/** How the rows are dealt out, and what is trained. */
function describePlan({ split, parts }: PreparedTable, options: NetworkOptions): string {
  const { training, validation, test } = split;
  const counts = [`${countOf(training.length, "row")} to train on`, `${validation.length} to validate on`];
  const sizes = [parts.training.x.shape[1], ...options.layers, parts.training.y.shape[1]];
  const batches = options.batchSize === "full" ? "all rows at once" : `batches of ${options.batchSize}`;
  const activation = typeof options.activation === "string" ? options.activation : options.activation.name;
  return [
    `${counts.join(", ")}, ${test.length} to test on, by seed ${options.seed}.`,
    `Network ${sizes.join("-")} (${activation}), ${batches}, ${countOf(options.epochs, "epoch")} at most.`,
  ]
    .map((line) => wrapLines(line))
    .join("\n");
}

/** Inputs from which on least squares would take minutes. */
const mostLinearInputs = 1000;

async function linearPredictions({ parts }: PreparedTable): Promise<Float64Array | undefined> {
  if (parts.training.x.shape[1] > mostLinearInputs) return undefined;
  return predictLinear(await fitLinear(parts.training), parts.test.x);
}
