import { describe, expect, it } from "vitest";
import { run, runWell } from "../support/run.ts";

const command = (...options: readonly string[]) => ["dist/src/cli/main.js", "explain", ...options];
const explain = (...options: readonly string[]) => run(process.execPath, command(...options));
const explainOnWasm = (...options: readonly string[]) => {
  return runWell(process.execPath, command("--backend", "wasm", ...options));
};

/** The kernels that a row of the table counts. */
function kernelsAfter(stage: string, output: string): number {
  return Number(new RegExp(`\\| ${stage} +\\| +(\\d+) \\|`).exec(output)?.[1]);
}

describe("rivulet explain", () => {
  it("shows a step before and after the passes, and counts its kernels and bytes", async () => {
    const output = await explainOnWasm("--layers", "2", "--momentum", "0.9");
    const [title, before, recorded, after, compiled, , notes] = output.split("\n\n");
    expect(title).toBe(
      "A training step of 1-2-1 (sigmoid), batch of 32, meanSquaredError, sgd with\n  momentum 0.9, on wasm.",
    );
    expect(before).toBe("As recorded: 36 kernels.");
    expect(recorded).toMatch(/^%\d+ \[32, 2\] = BatchMatMul\(x, dense_1\/kernel\)$/m);
    expect(after).toBe(`As compiled: ${kernelsAfter("fuseElementwise", output)} kernels.`);
    expect(compiled).toMatch(/^ {4}%\d+ = momentum × dense_1\/kernel\/velocity \+ %\d+$/m);
    expect(compiled).toMatch(/^dense_1\/kernel = %\d+$/m);
    expect(kernelsAfter("as recorded", output)).toBe(36);
    expect(kernelsAfter("fuseElementwise", output)).toBeLessThan(kernelsAfter("dropDead", output));
    expect(notes).toMatch(/^Kernels: copies and reshapes are not counted\./);
  });

  it("takes every option, in 80 columns without colours", async () => {
    const network = ["--layers", "200,100", "--inputs", "300", "--outputs", "3", "--batch-size", "64"];
    const functions = [
      "--activation",
      "gelu",
      "--output-activation",
      "softmax",
      "--loss",
      "sparseCategoricalCrossentropy",
    ];
    const output = await explainOnWasm(...network, ...functions, "--optimizer", "rmsprop", "--momentum", "0.5");
    expect(output.replaceAll("\n  ", " ")).toContain(
      "A training step of 300-200-100-3 (gelu, softmax), batch of 64, sparseCategoricalCrossentropy, rmsprop with " +
        "momentum 0.5, on wasm.",
    );
    for (const line of output.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(output).not.toContain("\u001B");
  });

  it("leaves passes out", async () => {
    const output = await explainOnWasm("--layers", "2", "--without", "fuseDense", "--without", "fuseElementwise");
    expect(output).not.toContain("_FusedMatMul");
    expect(output).not.toContain("Elementwise");
    expect(output).toContain("| dropDead ");
  });

  it.each([
    [["--without", "fuseDens"], 'There is no pass "fuseDens". Did you mean "fuseDense"?'],
    [["--optimizer", "adam", "--momentum", "0.9"], 'Adam has no option "momentum".'],
    [
      ["--momentum", "1"],
      "option '--momentum <number>' argument '1' is invalid. Give a number from 0 to below 1, such as 0.9.",
    ],
    [["--layers", "16,,4"], "option '--layers <units>' argument '16,,4' is invalid. Give whole numbers from 1 to 4096"],
    [["--inputs", "0"], "option '--inputs <number>' argument '0' is invalid. Give a whole number from 1 to 4096."],
    [
      ["--batch-size", "1e9"],
      "option '--batch-size <number>' argument '1e9' is invalid. Give a whole number from 1 to 4096.",
    ],
    [
      ["--loss", "msee"],
      "option '--loss <name>' argument 'msee' is invalid. Allowed choices are meanSquaredError, mse, ",
    ],
    [
      ["--optimizer", "SGD"],
      "option '--optimizer <name>' argument 'SGD' is invalid. Allowed choices are sgd, adagrad, ",
    ],
    [["--backend", "webgl"], "option '--backend <name>' argument 'webgl' is invalid. Allowed choices are auto, "],
    [
      ["--loss", "categoricalCrossentropy"],
      "explainStep expects a prediction of shape [batch, classes] with 2 classes or more, got [32, 1].",
    ],
    [["--layer", "4"], "unknown option '--layer'\n(Did you mean --layers?)"],
    [["16"], "too many arguments for 'explain'. Expected 0 arguments but got 1"],
  ])("refuses %o with exit code 2 and a line", async (options, message) => {
    const { code, output, errors } = await explain(...options);
    expect(errors).toContain(`error: ${message}`);
    expect(errors).not.toContain("    at ");
    expect(output).toBe("");
    expect(code).toBe(2);
  });

  it("names all passes in its help", async () => {
    const help = await runWell(process.execPath, command("--help"));
    expect(help.replaceAll(/\s+/g, " ")).toContain(
      "Passes: dropCopies, foldConstants, mergeScalings, shareEqual, dropDead, fuseDense, fuseSlopes, fuseElementwise.",
    );
    for (const line of help.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });
});
