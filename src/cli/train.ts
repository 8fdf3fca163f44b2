import { Command, Option } from "commander";
import { activations } from "../activations.ts";
import { HyperparameterError, UnknownNameError } from "../errors.ts";
import { isCount, isPositiveInteger } from "../hyperparameter.ts";
import { taskNames } from "../table/task.ts";
import type { TrainTableOptions } from "../table/train-table.ts";
import {
  delimiter,
  existingFile,
  hiddenUnits,
  modelFolder,
  nodeBackends,
  numberFrom,
  wholeNumber,
} from "./argument-values.ts";

const explanation = `
A target of texts, of true and false, or of up to 10 different whole numbers is
classified; other numbers are a regression. Rows without a target are left out.
Of the other columns, numbers are standardised, dates (2026-01-31) become a
number and the place in the year, texts one input for each value. Columns of
names, constants and row numbers are left out. The output says what was done.
Empty cells, NA, N/A, NaN, null, ? and - count as missing.

The rows are dealt out at random: to train on, to tell when to stop, and to test
on. The test errors stand beside those of the mean and of least squares.

Examples:
  $ npx rivulet train cars.csv --target price
  $ npx rivulet train cars.csv --target origin --ignore id,name --layers 32,16
  $ npx rivulet train cars.csv --target price --save model
  $ npx rivulet predict model others.csv > predicted.csv`;

/** `rivulet train`: trains a network on a CSV file of the user's, and says how well it predicts. */
export function trainCommand(): Command {
  const choice = (flags: string, description: string, names: readonly string[]) =>
    new Option(flags, description).choices(names);
  return new Command("train")
    .description("Train a network to predict one column of a CSV file from the others.")
    .argument("<file>", "CSV with a header, in UTF-8", existingFile)
    .option("--target <column>", "the column to predict")
    .addOption(choice("--task <name>", "instead of what the target suggests", taskNames))
    .option("--ignore <columns>", "columns to leave out, with commas between", collect)
    .option("--delimiter <character>", "what stands between cells, or tab; else found from the header", delimiter)
    .addOption(
      new Option("--layers <units>", "the hidden layers' units, with commas between")
        .argParser(hiddenUnits)
        .default([16, 16], "16,16"),
    )
    .addOption(choice("--activation <name>", "of the hidden layers", Object.keys(activations)).default("tanh"))
    .option("--learning-rate <number>", "of the descent", positive, 0.02)
    .option("--batch-size <rows>", "rows in a step, or full; else 32, of very many rows more", batchSize)
    .option("--epochs <number>", "passes over the training rows, at most", wholeNumber, 500)
    .option("--patience <number>", "epochs without progress after which it stops", wholeNumber, 30)
    .option("--test-fraction <number>", "how much of the rows to test on", fraction, 0.2)
    .option("--seed <number>", "from which split, weights and shuffles follow", seed, 42)
    .option("--save <folder>", "where to keep the model, for rivulet predict and for others", modelFolder)
    .addOption(choice("--backend <name>", "what computes", nodeBackends).default("auto"))
    .addHelpText("after", explanation)
    .action(train);
}

async function train(file: string, options: TrainTableOptions, command: Command): Promise<void> {
  // Only this command needs them, and starting is to be quick.
  const { trainTable } = await import("../table/train-table.ts");
  const { interruptible } = await import("../native/interruptible.ts");
  const say = (text: string) => process.stdout.write(`${text}\n`);
  const work = async (signal: AbortSignal) => trainTable(file, { ...options, signal }, say);
  try {
    await interruptible(work, () => process.stderr.write("Stopped.\n"));
  } catch (error) {
    const isOption = error instanceof HyperparameterError || error instanceof UnknownNameError;
    if (isOption) command.error(`error: ${error.message}`, { exitCode: 2 });
    throw error;
  }
}

function collect(column: string, before: readonly string[] = []): readonly string[] {
  return [...before, column];
}

function seed(text: string): number {
  return numberFrom(text, isCount, "Give a whole number, 0 or more.");
}

/** What lies above is a slip: of standardised columns nothing is learnt there. */
const ratesEnd = 1e6;

function positive(text: string): number {
  const mend = `Give a number above 0 and below ${ratesEnd}, such as 0.01.`;
  return numberFrom(text, (value) => value > 0 && value < ratesEnd, mend);
}

function fraction(text: string): number {
  return numberFrom(text, (value) => value > 0 && value < 1, "Give a fraction between 0 and 1, both excluded.");
}

function batchSize(text: string): number | "full" {
  return text === "full" ? text : numberFrom(text, isPositiveInteger, "Give a whole number above 0, or full.");
}
