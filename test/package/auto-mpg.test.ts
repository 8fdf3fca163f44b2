import { describe, expect, it } from "vitest";
import { runExample, runExampleWell } from "../support/run-example.ts";

/** The root mean square error that a row of the table gives. */
function errorOf(name: string, output: string): number {
  return Number(new RegExp(`\\| ${name} +\\| +([\\d.]+)`).exec(output)?.[1]);
}

/** Everything but the time, which no seed fixes. */
const figures = (output: string) => output.replace(/in [\d.]+ s\./, "");

describe("the main job", () => {
  it("prints its figures, the same again from the same seed, and others from another", async () => {
    const output = await runExampleWell("auto-mpg");
    expect(output).toContain("392 cars with 9 inputs each; 14 rows lacked a value and were dropped.");
    expect(output).toContain("314 cars to train on, 78 held out at random for the test, seed 42.");
    expect(output).toMatch(/Trained 200 epochs on wasm in [\d.]+ s\.\n$/);
    expect(figures(await runExampleWell("auto-mpg"))).toBe(figures(output));
    expect(figures(await runExampleWell("auto-mpg", "--seed", "7"))).not.toBe(figures(output));
  });

  it.each(["1", "2", "3", "42"])(
    "beats the mean and linear least squares on the held-out cars, from seed %s",
    async (seed) => {
      const output = await runExampleWell("auto-mpg", "--seed", seed);
      expect(errorOf("linear least squares", output)).toBeLessThan(errorOf("the mean", output));
      expect(errorOf("the network", output)).toBeLessThan(errorOf("linear least squares", output));
    },
  );

  it("fits in 80 columns, without colours, its progress apart from its results", async () => {
    const { output, errors } = await runExample("auto-mpg", "--backend", "wasm", "--epochs", "20");
    for (const line of output.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(output).not.toContain("\u001B");
    expect(output).not.toContain("epoch 2/20");
    expect(errors).toContain("epoch 20/20  loss ");
  });
});
