import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectFolder, runWell } from "../support/run.ts";
import { runExampleWell } from "../support/run-example.ts";

const readme = await readFile(join(projectFolder, "README.md"), "utf8");

/** The first block of that language after a heading or a text. */
function blockAfter(text: string, language: string): string {
  const rest = readme.slice(readme.indexOf(text));
  return new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(rest)?.[1] ?? "";
}

/** Of the rows of both tables that `rivulet bench` prints all cells but the timed ones. */
function countedCells(text: string): string[][] {
  const timed = new Set(["steps/s", "samples/s", "seconds"]);
  let header: readonly string[] = [];
  return text.split("\n").flatMap((line) => {
    const cells = line.split("|").map((cell) => cell.trim());
    if (cells.length < 3 || /^-+:$/.test(cells[1] ?? "")) return [];
    if (cells.includes("batch")) header = cells;
    return [cells.filter((_, column) => !timed.has(header[column] ?? ""))];
  });
}

describe("the README", () => {
  it("shows what its program prints", async () => {
    const program = blockAfter("A program of your own", "js");
    // On wasm, so that a machine with the native binding rounds alike.
    const onWasm = program.replace("useBackend()", 'useBackend("wasm")');
    const output = await runWell(process.execPath, ["--input-type=module", "--eval", onWasm]);
    expect(output).toBe(blockAfter("It prints:", "text"));
  });

  it("is fifteen lines of program", () => {
    const lines = blockAfter("A program of your own", "js").trim().split("\n");
    expect(lines.filter((line) => line !== "").length).toBeLessThanOrEqual(16);
  });

  it("shows the program that a training step is compiled to", async () => {
    const explain = ["dist/src/cli/main.js", "explain", "--layers", "2", "--backend", "wasm"];
    const output = await runWell(process.execPath, explain);
    expect(output).toContain(blockAfter("## The compiled step", "text"));
    expect(output).toContain("As recorded: 28 kernels.");
  });

  it("shows what rivulet bench finds, but for what no seed fixes", async () => {
    const output = await runWell(process.execPath, ["dist/src/cli/main.js", "bench", "--backend", "wasm"]);
    const shown = blockAfter("## Comparing regimes", "text");
    expect(countedCells(shown)).toHaveLength(22);
    expect(countedCells(output)).toEqual(countedCells(shown));
  });

  it("shows the table that the main job prints", async () => {
    const output = await runExampleWell("auto-mpg");
    expect(output).toContain(blockAfter("## What the main job finds", "text"));
  });
});
