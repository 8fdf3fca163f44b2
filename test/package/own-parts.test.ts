import { describe, expect, it } from "vitest";
import { runExampleWell } from "../support/run-example.ts";

/** Of each row of the table: the error, the kernels of a compiled step. */
function figuresOf(name: string, output: string): { readonly error: number; readonly kernels: number } {
  const [, error, kernels] = new RegExp(`\\| ${name} +\\| +[\\d.]+ \\| +([\\d.]+) \\| +(\\d+) \\|`).exec(output) ?? [];
  return { error: Number(error), kernels: Number(kernels) };
}

describe("npm run own-parts", () => {
  it("compiles parts of one's own, which learn this curve better than the built-in ones", async () => {
    const output = await runExampleWell("own-parts");
    const [builtIn, own] = [figuresOf("built in", output), figuresOf("all own", output)];
    expect(own.error).toBeLessThan(builtIn.error / 2);
    for (const name of ["built in", "own layer", "own loss", "own rule", "all own"]) {
      expect(figuresOf(name, output).kernels).toBeGreaterThan(0);
    }
    expect(output).toMatch(/\n\n60 epochs of 16 steps on wasm, seed 42\.\n$/);
    for (const line of output.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(output).not.toContain("\u001B");
  });
});
