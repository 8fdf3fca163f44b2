import { describe, expect, it } from "vitest";
import { run, runWell } from "../support/run.ts";

const mainJob = (...options: readonly string[]) => [
  "tsx",
  "examples/auto-mpg/main.ts",
  "--backend",
  "wasm",
  ...options,
];

/** The root mean square error that a row of the table gives. */
function errorOf(name: string, output: string): number {
  return Number(new RegExp(`\\| ${name} +\\| +([\\d.]+)`).exec(output)?.[1]);
}

/** Everything but the time, which no seed fixes. */
const figures = (output: string) => output.replace(/in [\d.]+ s\./, "");

describe("the main job", () => {
  it("prints its figures, the same again from the same seed, and others from another", async () => {
    const output = await runWell("npx", mainJob());
    expect(output).toContain("392 cars with 9 inputs each; 14 rows lacked a value and were dropped.");
    expect(output).toContain("314 cars to train on, 78 held out at random for the test, seed 42.");
    expect(output).toMatch(/Trained 200 epochs on wasm in [\d.]+ s\.\n$/);
    expect(figures(await runWell("npx", mainJob()))).toBe(figures(output));
    expect(figures(await runWell("npx", mainJob("--seed", "7")))).not.toBe(figures(output));
  });

  it("beats the mean and linear least squares on the held-out cars, whatever the seed", async () => {
    for (const seed of ["1", "2", "3", "42"]) {
      const output = await runWell("npx", mainJob("--seed", seed));
      expect(errorOf("linear least squares", output)).toBeLessThan(errorOf("the mean", output));
      expect(errorOf("the network", output)).toBeLessThan(errorOf("linear least squares", output));
    }
  });

  it("fits in 80 columns, without colours, its progress apart from its results", async () => {
    const { output, errors } = await run("npx", mainJob("--epochs", "20"));
    for (const line of output.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(output).not.toContain("\u001B");
    expect(output).not.toContain("epoch 2/20");
    expect(errors).toContain("epoch 20/20  loss ");
  });

  it.each([
    [["--seed", "x"], 2, "error: option '--seed <number>' argument 'x' is invalid. Give a whole number, 0 or more."],
    [["--epochs", "1.5"], 2, "error: option '--epochs <number>' argument '1.5' is invalid."],
    [["--speed"], 2, "error: unknown option '--speed'\n(Did you mean --seed?)"],
    [["--epochs", "0"], 1, "fit expects epochs to be a whole number above 0, got 0."],
    [["--backend", "wsam"], 1, 'There is no backend "wsam". Did you mean "wasm"?'],
  ])("refuses %o with exit code %i and a line", async (options, code, message) => {
    const outcome = await run("npx", ["tsx", "examples/auto-mpg/main.ts", ...options]);
    expect(outcome.errors).toContain(message);
    expect(outcome.errors).not.toContain("    at ");
    expect(outcome.code).toBe(code);
  });
});
