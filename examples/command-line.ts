import { InvalidArgumentError, type Command } from "commander";
import { RivuletError, type BackendName } from "rivulet";

/** What every example can be asked for. */
export interface ExampleOptions {
  readonly seed: number;
  readonly epochs: number;
  readonly backend: BackendName | "auto";
}

/** @throws InvalidArgumentError for what is no whole number */
export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("Give a whole number, 0 or more.");
  return Number(text);
}

/**
 * Runs an example with the options of its command line. Options that make no sense end it with a line and exit code 2,
 * what rivulet refuses with a line and 1.
 */
export async function runExample(program: Command, main: (options: ExampleOptions) => Promise<void>): Promise<void> {
  program
    .configureOutput({ outputError: (text, write) => write(text) })
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
  try {
    await main(program.parse().opts<ExampleOptions>());
  } catch (error) {
    if (!(error instanceof RivuletError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
