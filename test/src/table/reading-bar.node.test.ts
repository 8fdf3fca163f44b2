import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readTable } from "../../../src/table/read-table.ts";
import { temporaryFile } from "./temporary-file.ts";

const isTerminal = process.stderr.isTTY;
let shown = "";

/** Reads a file of so many megabytes, on a terminal or not. */
async function read(megabytes: number, onTerminal: boolean): Promise<void> {
  process.stderr.isTTY = onTerminal;
  const path = await temporaryFile(`a,b\n${`${"1".repeat(1000)},2\n`.repeat(1000 * megabytes)}`, "rows.csv");
  await readTable(path, { target: "b" });
}

beforeEach(() => {
  shown = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    shown += String(text);
    return true;
  });
});

afterEach(() => {
  process.stderr.isTTY = isTerminal;
  vi.restoreAllMocks();
});

describe("while a file is read", () => {
  it("a terminal shows how far it is, and nothing of it in the end", async () => {
    await read(9, true);
    expect(shown).toContain("reading rows.csv ");
    // The line is gone back to and cleared.
    expect(shown.endsWith("\u001B[1G\u001B[2K")).toBe(true);
  });

  it("nothing is shown where there is no terminal, or the file is small", async () => {
    await read(9, false);
    await read(1, true);
    expect(shown).toBe("");
  });
});
