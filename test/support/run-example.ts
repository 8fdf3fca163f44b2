import { run, runWell } from "./run.ts";

type Example = "auto-mpg" | "digits" | "own-parts";

const command = (example: Example, options: readonly string[]) => [
  "--import",
  "tsx",
  `examples/${example}/main.ts`,
  ...options,
];

/** Runs an example as its npm script does. */
export async function runExample(example: Example, ...options: readonly string[]) {
  return run(process.execPath, command(example, options));
}

/** Runs an example that must end well, on wasm, and returns what it printed. */
export async function runExampleWell(example: Example, ...options: readonly string[]): Promise<string> {
  return runWell(process.execPath, command(example, ["--backend", "wasm", ...options]));
}
