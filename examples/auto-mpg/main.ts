import { Command } from "commander";
import { markdownTable } from "markdown-table";
import { useBackend } from "rivulet";
import { runExample, wholeNumber, type ExampleOptions } from "../command-line.ts";
import { inputNames, loadCars, splitCars } from "./cars.ts";
import { plotPredictions } from "./plot.ts";
import { predictByNetwork, predictLinear, predictMean, testError } from "./regression.ts";

async function main({ seed, epochs, backend }: ExampleOptions): Promise<void> {
  const report = await useBackend(backend);
  const { cars, dropped } = loadCars();
  const { training, test } = splitCars(cars, seed);
  console.log(
    `Auto MPG: ${cars.length} cars with ${inputNames.length} inputs each; ${dropped} rows lacked a value and were dropped.\n` +
      `${training.length} cars to train on, ${test.length} held out at random for the test, seed ${seed}.\n` +
      "Inputs and targets are standardised: a loss of 1 is as far off as the mean is.\n",
  );
  const started = performance.now();
  const network = await predictByNetwork(training, test, { seed, epochs, verbose: 1 });
  const seconds = (performance.now() - started) / 1000;
  const rows = [
    { name: "the mean", error: testError(predictMean(training, test), test) },
    { name: "linear least squares", error: testError(predictLinear(training, test), test) },
    { name: "the network", error: testError(network.predictions, test) },
  ].map(({ name, error }) => [name, error.rmse.toFixed(2), error.mae.toFixed(2)]);
  console.log(network.summary);
  console.log(plotPredictions(network.predictions, test));
  console.log(
    "● held-out cars, · where prediction and truth are equal\n\nError on the held-out cars, in miles per gallon:\n",
  );
  const header = ["prediction by", "root mean square", "mean absolute"];
  console.log(markdownTable([header, ...rows], { align: ["l", "r", "r"] }));
  console.log(`\nTrained ${epochs} epochs on ${report.name} in ${seconds.toFixed(1)} s.`);
}

const program = new Command("npm start --")
  .description("Train miles per gallon from the Auto MPG cars.")
  .option("--seed <number>", "whole number from which split, weights and shuffles follow", wholeNumber, 42)
  .option("--epochs <number>", "passes over the training cars", wholeNumber, 200)
  .option("--backend <name>", "auto, tensorflow, wasm or cpu", "auto");

await runExample(program, main);
