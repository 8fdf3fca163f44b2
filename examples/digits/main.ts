import { Command } from "commander";
import { useBackend } from "rivulet";
import { runExample, wholeNumber, type ExampleOptions } from "../command-line.ts";
import { readMostFrequent, readNearestMean } from "./baselines.ts";
import { splitDigits } from "./digits.ts";
import { drawMistakes } from "./drawings.ts";
import { loadDigits } from "./load.ts";
import { readByNetwork } from "./network.ts";
import { accuracyTable, confusionTable } from "./tables.ts";

async function main({ seed, epochs, backend }: ExampleOptions): Promise<void> {
  const report = await useBackend(backend);
  const digits = loadDigits();
  const parts = splitDigits(digits, seed);
  const { training, validation, test } = parts;
  console.log(
    `MNIST: ${digits.length} handwritten digits, their 28 × 28 pixels shrunk to 14 × 14.\n` +
      `${training.length} for training, ${validation.length} for early stopping, ` +
      `${test.length} for the test, seed ${seed}.\n`,
  );
  const started = performance.now();
  const network = await readByNetwork(parts, { hidden: 256, seed, epochs, verbose: 1 });
  const seconds = (performance.now() - started) / 1000;
  const logistic = await readByNetwork(parts, { hidden: 0, seed, epochs, verbose: 0 });
  const labels = network.readings.map(({ label }) => label);
  const readers = [
    { name: "most frequent digit", labels: readMostFrequent(training, test) },
    { name: "nearest mean image", labels: readNearestMean(training, test) },
    { name: "logistic regression", labels: logistic.readings.map(({ label }) => label) },
    { name: "the network", labels },
  ];
  console.log(`${network.summary}\n\nThe held-out digits:\n\n${accuracyTable(readers, test)}\n`);
  console.log(`What the network read (columns) for what was written (rows):\n\n${confusionTable(labels, test)}\n`);
  console.log(`The mistakes that it was surest of:\n\n${drawMistakes(network.readings, test, 6)}\n`);
  const { epoch } = network.history;
  console.log(
    `Trained ${epoch.length} epochs on ${report.name} in ${seconds.toFixed(1)} s; ` +
      `the validation loss was least after ${network.bestEpoch + 1}.`,
  );
}

const program = new Command("npm run digits --")
  .description("Train a network to read the handwritten digits of MNIST.")
  .option("--seed <number>", "whole number from which split, weights, dropout and shuffles follow", wholeNumber, 42)
  .option("--epochs <number>", "passes over the training digits, at most", wholeNumber, 30)
  .option("--backend <name>", "auto, tensorflow, wasm or cpu", "auto");

await runExample(program, main);
