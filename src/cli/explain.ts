import { Command, Option } from "commander";
import { activations } from "../activations.ts";
import { HyperparameterError, ShapeError, UnknownNameError } from "../errors.ts";
import { losses } from "../losses.ts";
import { axisSize, hiddenUnits, nodeBackends, numberFrom } from "./argument-values.ts";
import type { RuleName } from "../regimes/rules.ts";
import type { ExplainNetworkOptions } from "./explain-network.ts";

const explanation = `
fit traces a training step, forward, loss, gradients and update, and replays it
as a program of the backend's kernels. First comes the step as recorded, then
what the passes made of it, then what each pass did. Of every value the shape;
%9 is a value that a kernel makes.

Passes: dropCopies, foldConstants, mergeScalings, shareEqual, dropDead,
fuseDense, fuseSlopes, fuseElementwise. Some do nothing on some backends.
mergeScalings, fuseDense (but on cpu) and fuseSlopes round otherwise than the
step as it is written, in the last bits; the others do not.

Examples:
  $ npx rivulet explain --layers 2
  $ npx rivulet explain --layers 64,64 --inputs 16 --momentum 0.9
  $ npx rivulet explain --optimizer adam --without fuseElementwise
  $ npx rivulet explain --outputs 3 --output-activation softmax \\
      --loss categoricalCrossentropy --backend cpu`;

const rules = ["sgd", "adagrad", "rmsprop", "adam", "adamw"] as const satisfies readonly RuleName[];

/** `rivulet explain`: prints the program of a training step, before and after its passes. */
export function explainCommand(): Command {
  const choice = (flags: string, description: string, names: readonly string[], initial: string) =>
    new Option(flags, description).choices(names).default(initial);
  const names = Object.keys(activations);
  return new Command("explain")
    .description("Print the program that fit makes of a network's training step.")
    .addOption(
      new Option("--layers <units>", "the hidden layers' units, with commas between")
        .argParser(hiddenUnits)
        .default([16], "16"),
    )
    .option("--inputs <number>", "features of a sample", axisSize, 1)
    .option("--outputs <number>", "units of the last layer", axisSize, 1)
    .addOption(choice("--activation <name>", "of the hidden layers", names, "sigmoid"))
    .addOption(choice("--output-activation <name>", "of the last layer", names, "linear"))
    .addOption(choice("--loss <name>", "what is descended on", Object.keys(losses), "meanSquaredError"))
    .addOption(choice("--optimizer <name>", "the rule of the descent", rules, "sgd"))
    .option("--momentum <number>", "of sgd and rmsprop", momentum)
    .option("--batch-size <number>", "samples in a step", axisSize, 32)
    .option("--without <pass>", "leave a pass out; may be given again", collect)
    .addOption(choice("--backend <name>", "what computes", nodeBackends, "auto"))
    .addHelpText("after", explanation)
    .action(explain);
}

async function explain(options: ExplainNetworkOptions, command: Command): Promise<void> {
  // Only this command needs it, and starting is to be quick.
  const { explainNetwork } = await import("./explain-network.ts");
  try {
    process.stdout.write(`${await explainNetwork(options)}\n`);
  } catch (error) {
    const isOption = [HyperparameterError, ShapeError, UnknownNameError].some((kind) => error instanceof kind);
    if (isOption) command.error(`error: ${(error as Error).message}`, { exitCode: 2 });
    throw error;
  }
}

function momentum(text: string): number {
  return numberFrom(text, (value) => value >= 0 && value < 1, "Give a number from 0 to below 1, such as 0.9.");
}

function collect(pass: string, before: readonly string[] = []): readonly string[] {
  return [...before, pass];
}
