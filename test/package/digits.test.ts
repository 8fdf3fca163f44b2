import { describe, expect, it } from "vitest";
import { loadDigits } from "../../examples/digits/load.ts";
import { runExample, runExampleWell } from "../support/run-example.ts";

/** The accuracy that a row of the table gives, in per cent. */
function accuracyOf(name: string, output: string): number {
  return Number(new RegExp(`\\| ${name} +\\| +\\d+ \\| +([\\d.]+) %`).exec(output)?.[1]);
}

/** Everything but the time, which no seed fixes. */
const figures = (output: string) => output.replace(/in [\d.]+ s;/, "");

describe("the digits of the package", () => {
  it("are the first 10,000 of MNIST's training set, label by label", () => {
    const digits = loadDigits();
    const counts = Array.from({ length: 10 }, (_, label) => digits.filter((digit) => digit.label === label).length);
    // As counted in the 10,000 labels that the set's own file begins with.
    expect(counts).toEqual([1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978]);
    for (const { pixels } of digits) expect(pixels).toHaveLength(784);
  });
});

describe("npm run digits", () => {
  it("reads what it has not seen, better than its baselines, and shows where it fails", async () => {
    const { output, errors, code } = await runExample("digits", "--backend", "wasm");
    expect(code).toBe(0);
    expect(output).toContain("MNIST: 10000 handwritten digits, their 28 × 28 pixels shrunk to 14 × 14.");
    expect(output).toContain("7000 for training, 1000 for early stopping, 2000 for the test, seed 42.");
    // These two are computed here, on no backend.
    expect(accuracyOf("most frequent digit", output)).toBe(12.5);
    expect(accuracyOf("nearest mean image", output)).toBe(81.2);
    // Seeds 1 to 10 gave 90.0 to 92.1 and 95.2 to 96.5; a processor that rounds otherwise is like another seed.
    expect(accuracyOf("logistic regression", output)).toBeGreaterThan(89);
    expect(accuracyOf("the network", output)).toBeGreaterThan(94.5);
    expect(output).toMatch(/^\d, read as \d \(\d+ %\) +\d, read as \d \(\d+ %\) +\d, read as \d \(\d+ %\)$/m);
    expect(output).toMatch(/Trained \d+ epochs on wasm in [\d.]+ s; the validation loss was least after \d+\.\n$/);
    for (const line of output.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(output).not.toContain("\u001B");
    expect(errors).toContain("/30  loss ");
  });

  it("prints the same again from the same seed, and other figures from another", async () => {
    const short = (seed: string) => runExampleWell("digits", "--epochs", "2", "--seed", seed);
    const output = await short("7");
    expect(output).toContain("Trained 2 epochs on wasm");
    expect(figures(await short("7"))).toBe(figures(output));
    expect(figures(await short("8"))).not.toBe(figures(output));
  });
});
