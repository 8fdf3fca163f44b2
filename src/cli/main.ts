#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { backendsCommand } from "./backends.ts";
import { benchCommand } from "./bench.ts";
import { explainCommand } from "./explain.ts";
import { nativeCommand } from "./native.ts";
import { watchOutput } from "./output.ts";
import { predictCommand } from "./predict.ts";
import { trainCommand } from "./train.ts";

const { version } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

const program = new Command("rivulet")
  .description("A mini deep-learning framework over tfjs tensors.")
  .version(version)
  .exitOverride()
  .addCommand(backendsCommand().exitOverride())
  .addCommand(nativeCommand().exitOverride())
  .addCommand(trainCommand().exitOverride())
  .addCommand(predictCommand().exitOverride())
  .addCommand(explainCommand().exitOverride())
  .addCommand(benchCommand().exitOverride());

watchOutput();

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Help and version end well; whatever else commander ends is a mistake in the command line.
    process.exitCode ??= error.exitCode === 0 ? 0 : 2;
  } else {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode ??= 1;
  }
}
