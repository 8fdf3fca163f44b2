import { Command, Option } from "commander";
import { activations } from "../activations.ts";
import type { BenchOptions } from "../bench/run-bench.ts";
import { HyperparameterError, UnknownNameError } from "../errors.ts";
import { isCount } from "../hyperparameter.ts";
import type { Budget, BudgetUnit } from "../regimes/comparison.ts";
import { nodeBackends, numberFrom, wholeNumber } from "./argument-values.ts";
import { batchSizes, benchData, learningRates, momenta, outputFile, someLayers, someOf } from "./bench-values.ts";

const explanation = `
Built-in problems: sine (noisy, the default), ill-conditioned (a straight line
over a feature far from 0), auto-mpg, spirals (two classes). Or a CSV file with
a header, and --target.

Without options: all samples at once, 128, 32, 8 and 1, each without momentum
and with 0.9; a minute or so. Lists are combined: each batch size with each
momentum, learning rate and backend. Of one repeat all regimes start from the
same weights and see the samples in the same order.

Of --epochs, --steps, --samples and --seconds give one. Ctrl-C ends it with what
was measured so far; a second one ends it at once. The JSON file is also written
in between, every few seconds when a run has ended, marked as incomplete: it
holds what was measured even if the process is killed.

Examples:
  $ npx rivulet bench
  $ npx rivulet bench --data ill-conditioned --batch-sizes full,32
  $ npx rivulet bench --data cars.csv --target price --seconds 2
  $ npx rivulet bench --learning-rate 0.01,0.03,0.1 --momentum 0 --json out.json
  $ npx rivulet bench --fair-learning-rates --workers 4`;

const budgetUnits = ["epochs", "steps", "samples", "seconds"] as const satisfies readonly BudgetUnit[];

/** What commander makes of the command line. */
type GivenOptions = Omit<BenchOptions, "budget" | "command" | "compile"> &
  Partial<Record<BudgetUnit, number>> & { readonly compile: "auto" | "off" };

/** `rivulet bench`: compares batch, mini-batch and stochastic descent. */
export function benchCommand(): Command {
  const others = (unit: BudgetUnit) => budgetUnits.filter((each) => each !== unit);
  const budget = (unit: BudgetUnit, description: string) =>
    new Option(`--${unit} <number>`, description)
      .argParser(unit === "seconds" ? positive : wholeNumber)
      .conflicts(others(unit));
  const list = (flags: string, description: string, parse: (text: string) => unknown) =>
    new Option(flags, description).argParser(parse);
  return new Command("bench")
    .description("Compare batch, mini-batch and stochastic descent, with and without momentum.")
    .addOption(list("--data <name>", "a built-in problem, or a CSV file", benchData).default("sine"))
    .option("--target <column>", "of a CSV file, the column to predict")
    .addOption(list("--layers <units>", "the hidden layers' units, with commas between, or none", someLayers))
    .addOption(new Option("--activation <name>", "of the hidden layers").choices(Object.keys(activations)))
    .addOption(new Option("--optimizer <name>", "the rule of the descent").choices(rules).default("sgd"))
    .addOption(list("--learning-rate <rates>", "with commas between; else the problem's", learningRates))
    .addOption(list("--momentum <numbers>", "with commas between; else 0,0.9 where the rule has it", momenta))
    .addOption(
      list("--batch-sizes <sizes>", "samples in a step, with commas between", batchSizes).default(
        ["full", 128, 32, 8, 1],
        "full,128,32,8,1",
      ),
    )
    .addOption(budget("epochs", "passes over the samples that each run gets; else the problem's"))
    .addOption(budget("steps", "or steps"))
    .addOption(budget("samples", "or samples, each as often as it is seen"))
    .addOption(budget("seconds", "or seconds of training"))
    .option("--target-loss <number>", "the training loss whose reaching is timed; else the problem's", anyNumber)
    .option("--repeats <number>", "runs of each regime, each from another seed", wholeNumber, 3)
    .option("--seed <number>", "the first one, from which weights and shuffles follow", seed, 42)
    .addOption(
      list("--backend <names>", "what computes, with commas between", someOf(nodeBackends)).default(["auto"], "auto"),
    )
    .addOption(new Option("--compile <way>", "whether steps are compiled").choices(["auto", "off"]).default("auto"))
    .option("--fair-learning-rates", "search each regime's own best rate first", false)
    .option("--workers <number>", "runs at a time; above 1 seconds cannot be compared", wholeNumber, 1)
    .option("--json <file>", "write all that was measured", outputFile)
    .option("--csv <file>", "write the table", outputFile)
    .option("--html <file>", "write a page with charts, to open in a browser", outputFile)
    .addHelpText("after", explanation)
    .action(bench);
}

const rules = ["sgd", "adagrad", "rmsprop", "adam", "adamw"] as const satisfies readonly BenchOptions["optimizer"][];

async function bench(given: GivenOptions, command: Command): Promise<void> {
  // Only this command needs them, and starting is to be quick.
  const { isBuiltIn } = await import("../bench/bench-problem.ts");
  const { outputNames, runBench } = await import("../bench/run-bench.ts");
  const { interruptible } = await import("../native/interruptible.ts");
  const refuse = (message: string) => command.error(`error: ${message}`, { exitCode: 2 });
  if (given.target !== undefined && isBuiltIn(given.data))
    refuse(`--target is of a CSV file, and ${given.data} is built in.`);
  const files = outputNames.flatMap((name) => given[name] ?? []);
  if (new Set(files).size < files.length) refuse("Two options name the same file to write.");
  const options = { ...given, budget: budgetOf(given), command: commandLine(), compile: compileOf(given) };
  const say = (text: string) => process.stdout.write(`${text}\n`);
  try {
    await interruptible(
      async (signal) => {
        using _second = endAtSecondSignal(signal);
        await runBench(options, signal, say);
      },
      () => process.stderr.write("Stopped.\n"),
    );
  } catch (error) {
    const isOption = error instanceof HyperparameterError || error instanceof UnknownNameError;
    if (isOption) refuse(error.message);
    throw error;
  }
}

function budgetOf(given: GivenOptions): Budget | undefined {
  const unit = budgetUnits.find((each) => given[each] !== undefined);
  const amount = unit && given[unit];
  return unit === undefined || amount === undefined ? undefined : { unit, amount };
}

function compileOf({ compile }: GivenOptions): "auto" | false {
  return compile === "off" ? false : compile;
}

/** As a user would type it again. */
function commandLine(): string {
  const words = process.argv.slice(2).map((word) => (/^[\w./:=,+-]+$/.test(word) ? word : JSON.stringify(word)));
  return ["npx rivulet", ...words].join(" ");
}

/** 128 + 2: what a shell says of a tool that Ctrl-C ended. */
const interruptedExitCode = 130;

/** Whoever presses Ctrl-C again does not want to wait for what was measured. */
function endAtSecondSignal(signal: AbortSignal): Disposable {
  const end = () => process.exit(interruptedExitCode);
  signal.addEventListener("abort", () => {
    if (signal.reason !== "SIGINT") return;
    process.stderr.write("\nStopping. What was measured so far follows; Ctrl-C again ends at once.\n");
    process.on("SIGINT", end);
  });
  return { [Symbol.dispose]: () => void process.off("SIGINT", end) };
}

function seed(text: string): number {
  return numberFrom(text, isCount, "Give a whole number, 0 or more.");
}

function positive(text: string): number {
  return numberFrom(text, (value) => value > 0 && Number.isFinite(value), "Give a number above 0.");
}

function anyNumber(text: string): number {
  return numberFrom(text, Number.isFinite, "Give a number.");
}
