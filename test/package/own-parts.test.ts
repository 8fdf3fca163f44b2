import { describe, expect, it } from "vitest";
import { run, runWell } from "../support/run.ts";

const command = (...options: readonly string[]) => ["tsx", "examples/own-parts/main.ts", ...options];

/** Of each row of the table: the error, the kernels of a compiled step. */
function figuresOf(name: string, output: string): { readonly error: number; readonly kernels: number } {
  const [, error, kernels] = new RegExp(`\\| ${name} +\\| +[\\d.]+ \\| +([\\d.]+) \\| +(\\d+) \\|`).exec(output) ?? [];
  return { error: Number(error), kernels: Number(kernels) };
}

describe("npm run own-parts", () => {
  it("compiles parts of one's own, which learn this curve better than the built-in ones", async () => {
    const output = await runWell("npx", command("--backend", "wasm"));
    const [builtIn, own] = [figuresOf("built in", output), figuresOf("all own", output)];
    expect(own.error).toBeLessThan(builtIn.error / 2);
    for (const name of ["built in", "own layer", "own loss", "own rule", "all own"]) {
      expect(figuresOf(name, output).kernels).toBeGreaterThan(0);
    }
    expect(output).toMatch(/\n\n60 epochs of 16 steps on wasm, seed 42\.\n$/);
    for (const line of output.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(output).not.toContain("\u001B");
  });

  it.each([
    [["--seed", "x"], 2, "error: option '--seed <number>' argument 'x' is invalid. Give a whole number, 0 or more."],
    [["--epochs", "0"], 1, "fit expects epochs to be a whole number above 0, got 0."],
    [["--backend", "wsam"], 1, 'There is no backend "wsam". Did you mean "wasm"?'],
  ])("refuses %o with exit code %i and a line", async (options, code, message) => {
    const outcome = await run("npx", command(...options));
    expect(outcome.errors).toContain(message);
    expect(outcome.errors).not.toContain("    at ");
    expect(outcome.code).toBe(code);
  });
});
