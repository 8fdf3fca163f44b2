import { Command, Option } from "commander";
import type { PredictTableOptions } from "../table/predict-table.ts";
import { delimiter, existingFolder, lastingFile, nodeBackends } from "./argument-values.ts";

const explanation = `
The rows come out as they are, with the prediction after their own cells; of a
classification the probability of the class predicted too. They need no target,
and their columns may stand in any order. Values that the network was not
trained on count as none of the known ones; the error stream says where.
Nothing is written unless all rows can be predicted.

Example:
  $ npx rivulet train cars.csv --target price --save model
  $ npx rivulet predict model others.csv > predicted.csv`;

/** `rivulet predict`: predicts the rows of a CSV file with a model that `rivulet train` has saved. */
export function predictCommand(): Command {
  return new Command("predict")
    .description("Predict the rows of a CSV file with a model that train has saved.")
    .argument("<folder>", "the model's, as --save named it", existingFolder)
    .argument("<file>", "CSV with a header, in UTF-8", lastingFile)
    .option("--delimiter <character>", "what stands between cells, or tab; else found from the header", delimiter)
    .addOption(new Option("--backend <name>", "what computes").choices(nodeBackends).default("auto"))
    .addHelpText("after", explanation)
    .action(predict);
}

async function predict(folder: string, file: string, options: PredictTableOptions): Promise<void> {
  // Only this command needs them, and starting is to be quick.
  const { predictTable } = await import("../table/predict-table.ts");
  const { interruptible } = await import("../native/interruptible.ts");
  const write = (text: string) => void process.stdout.write(text);
  const say = (text: string) => void process.stderr.write(`${text}\n`);
  const work = async (signal: AbortSignal) => predictTable(folder, file, { ...options, signal }, { write, say });
  await interruptible(work, () => process.stderr.write("Stopped.\n"));
}
