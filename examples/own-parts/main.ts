import { Command } from "commander";
import { markdownTable } from "markdown-table";
import { useBackend } from "rivulet";
import { runExample, wholeNumber, type ExampleOptions } from "../command-line.ts";
import { choices, compare, type Comparison } from "./compare.ts";
import { drawCurve } from "./curve.ts";

function rowOf({ name, history, testError, speedUp, stepsPerSecond }: Comparison): string[] {
  const { compiled, kernels } = history.params;
  const loss = history.history["loss"]?.at(-1) ?? NaN;
  const ran = compiled ? String(kernels) : "not compiled";
  const speed = Number(stepsPerSecond.toPrecision(2)).toLocaleString("en");
  return [name, loss.toFixed(4), testError.toFixed(4), ran, speed, `${speedUp.toFixed(1)} ×`];
}

async function main({ seed, epochs, backend }: ExampleOptions): Promise<void> {
  const { name } = await useBackend(backend);
  console.log(
    "A curve, a tenth of its points far off the mark, learnt with a layer, a loss\n" +
      "and a rule of rivulet's, and with ones written here in plain tf operations.\n",
  );
  const points = drawCurve(seed);
  const compared: Comparison[] = [];
  for (const parts of choices) compared.push(await compare(parts, points, { seed, epochs }));
  const header = ["parts", "loss", "error", "kernels", "steps/s", "speed"];
  console.log(markdownTable([header, ...compared.map(rowOf)], { align: ["l", "r", "r", "r", "r", "r"] }));
  const largest = Math.max(...compared.map(({ largestDifference }) => largestDifference));
  console.log(
    "\nLoss: of the last epoch. Error: mean, absolute, on points of the curve itself.\n" +
      "Kernels: in a compiled step. Speed: beside the same steps as they are written,\n" +
      `whose losses differ by ${largest === 0 ? "nothing" : `${largest.toExponential(0)} of them at most`}.\n\n` +
      `${epochs} epochs of ${compared[0]?.history.params.steps} steps on ${name}, seed ${seed}.`,
  );
  const reasons = new Set(compared.flatMap(({ history }) => history.params.notCompiled ?? []));
  for (const reason of reasons) console.log(`Not compiled: ${reason}.`);
}

const program = new Command("npm run own-parts --")
  .description("Train with a layer, a loss and an optimizer of one's own.")
  .option("--seed <number>", "whole number from which points, weights and shuffles follow", wholeNumber, 42)
  .option("--epochs <number>", "passes over the points", wholeNumber, 60)
  .option("--backend <name>", "auto, tensorflow, wasm or cpu", "auto");

await runExample(program, main);
