import { DataError, HyperparameterError, UnknownNameError } from "rivulet";
import { describe, expect, it } from "vitest";
import type { Column } from "../../../src/table/column.ts";
import { readTable, type TableOptions } from "../../../src/table/read-table.ts";
import { temporaryFile } from "./temporary-file.ts";

const read = async (content: string | Uint8Array, options: Partial<TableOptions> = {}) =>
  readTable(await temporaryFile(content), { target: "y", ...options });

/** An error's message with the file's folder left out. */
async function messageOf(reading: Promise<unknown>): Promise<string> {
  const error: unknown = await reading.then(
    () => new Error("nothing was thrown"),
    (reason: unknown) => reason,
  );
  return error instanceof Error ? error.message.replaceAll(/\S*\/data\.csv/g, "data.csv") : "no error";
}

const numbersOf = (column: Column | undefined) =>
  column !== undefined && "numbers" in column ? [...column.numbers] : undefined;

describe("readTable", () => {
  it("finds what each column holds", async () => {
    const { inputs, target, rows } = await read(
      "number,date,truth,text,mixed,empty,y\n1.5,2000-01-01,True,red,1,,0\n-2e3,2000-01-02,false,blue,x,NA,1\nNA,?,-,,null,,2\n",
    );
    expect(rows).toBe(3);
    expect(inputs.map(({ kind }) => kind)).toEqual(["number", "date", "boolean", "text", "text", "empty"]);
    expect(inputs.map(({ missing, present }) => [missing, present])).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
      [1, 2],
      [1, 2],
      [3, 0],
    ]);
    expect(numbersOf(inputs[0])).toEqual([1.5, -2000, NaN]);
    expect(numbersOf(inputs[1])).toEqual([10_957, 10_958, NaN]);
    expect(numbersOf(inputs[2])).toEqual([1, 0, NaN]);
    expect(inputs[3]?.categories).toEqual({ names: ["red", "blue"], codes: Uint16Array.of(1, 2, 0) });
    expect(inputs[4]).toMatchObject({ numeric: 1, firstText: { text: "x", line: 3 } });
    expect(numbersOf(target)).toEqual([0, 1, 2]);
  });

  it("keeps numbers to the last bit, a great many of them, and their categories only while they are few", async () => {
    const values = Array.from({ length: 5000 }, (_, index) => Math.sin(index) * 10 ** ((index % 60) - 30));
    const { inputs } = await read(
      `x,few,y\n${values.map((value, index) => `${value},${index % 1000},0`).join("\n")}\n`,
    );
    expect(numbersOf(inputs[0])).toEqual(values);
    expect(inputs[0]?.categories).toBeUndefined();
    expect(inputs[1]?.categories?.names).toHaveLength(1000);
  });

  it("takes one number written in two ways for one category, and texts by what they are", async () => {
    const { inputs } = await read("a,b,y\n1,x,0\n1.0, x ,0\n01,X,0\n");
    expect(inputs[0]?.categories?.names).toEqual(["1"]);
    expect(inputs[1]?.categories?.names).toEqual(["x", "X"]);
  });

  it("leaves out rows without a target, and says how many", async () => {
    const { rows, withoutTarget, inputs } = await read("a,y\n1,1\n2,\n3,NA\n4,4\n");
    expect([rows, withoutTarget]).toEqual([2, 2]);
    expect(numbersOf(inputs[0])).toEqual([1, 4]);
  });

  it("passes over a byte-order mark, CRLF and quotes around names", async () => {
    const { target, inputs, delimiter } = await read('\uFEFF"y";"a;b"\r\n1;2\r\n"3";"4"\r\n');
    expect(delimiter).toBe(";");
    expect([target.name, inputs[0]?.name]).toEqual(["y", "a;b"]);
    expect([numbersOf(target), numbersOf(inputs[0])]).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });

  it("reads lines that end in a return alone, and a last line without an end", async () => {
    const { target } = await read("a,y\r1,2\r3,4");
    expect(numbersOf(target)).toEqual([2, 4]);
  });

  it("reads text beyond ASCII across the parts that the file is read in", async () => {
    // 300,000 bytes are more than one part of 256 KiB, whose border falls within a character for one of two offsets.
    for (const offset of ["", "a"]) {
      const name = offset + "é".repeat(150_000);
      const { inputs } = await read(`a,y\n${name},1\nb,2\n`);
      expect(inputs[0]?.categories?.names).toEqual([name, "b"]);
    }
  });

  it("names columns without a name by their place, and numbers those with one name", async () => {
    const { header, inputs } = await read(",a,a,y,a (2),,column 1,a\n1,2,3,4,5,6,7,8\n");
    expect(inputs.map(({ name }) => name)).toEqual([
      "column 1 (2)",
      "a",
      "a (3)",
      "a (2)",
      "column 6",
      "column 1",
      "a (4)",
    ]);
    expect(header).toMatchObject({ repeated: ["a"], unnamed: ["column 1 (2)", "column 6"] });
  });

  it("ignores columns: by one name, by several, and by a name that holds a comma", async () => {
    const { inputs, ignored } = await read('a,b,c,"d, e",f,y\n1,2,3,4,5,6\n', { ignore: ["a, b", "d, e"] });
    expect(inputs.map(({ name }) => name)).toEqual(["c", "f"]);
    expect(ignored).toEqual(["a", "b", "d, e"]);
  });

  it("stops when it is told to, with the reason", async () => {
    const path = await temporaryFile("a,y\n1,2\n");
    const reading = readTable(path, { target: "y", signal: AbortSignal.abort("SIGINT") });
    await expect(reading).rejects.toBe("SIGINT");
  });
});

describe("what readTable refuses", () => {
  it.each([
    ["", "data.csv is empty. Its first line must name the columns."],
    ["\n\n", "data.csv is empty. Its first line must name the columns."],
    ["a,y\n", "data.csv has a header and no rows."],
    ["a,y\n1,\n2,?\n", "data.csv has no row with a target: all 2 lack it."],
    [
      "y\n1\n",
      "data.csv has no column besides the target to predict it from. Is its delimiter another one? Say so by --delimiter.",
    ],
    [
      "a,y\n1,2\n\n3\n",
      "data.csv, line 4: 1 cell where the header has 2. Mend that row; put a cell that holds the delimiter in quotes.",
    ],
    [
      "a,y\n1,2,3\n",
      "data.csv, line 2: 3 cells where the header has 2. Mend that row; put a cell that holds the delimiter in quotes.",
    ],
    [
      'a,y\n1,2\n"3\n4,5\n6",7,8\n',
      "data.csv, lines 3 to 5 (a quoted cell runs over them all): 3 cells where the header has 2. " +
        "Mend that row; put a cell that holds the delimiter in quotes.",
    ],
    ["y,a,y\n1,2,3\n", 'data.csv has several columns called "y". Give the target a name of its own.'],
    [
      "a,y\n1,\0\n",
      "data.csv is not plain text: it holds a zero byte. Save it as CSV in UTF-8: spreadsheets, archives and UTF-16 are not read.",
    ],
  ])("the file %j", async (content, message) => {
    const reading = read(content);
    await expect(reading).rejects.toThrow(DataError);
    expect(await messageOf(reading)).toBe(message);
  });

  it("a file in UTF-16", async () => {
    expect(await messageOf(read(Buffer.from("\uFEFFa,y\n1,2\n", "utf16le")))).toMatch(/^data\.csv is not plain text/);
  });

  it.each([
    ["in the header", "latin1", "größe,y\n1,2\n", 1],
    ["in a row", "latin1", "a,y\n1,2\n\nMünchen,2\n3,4\n", 4],
    ["in a file of a Mac's", "latin1", "a,y\r1,2\rMünchen,2\r3,4\r", 3],
    ["in a row long after the start", "latin1", `a,y\n${"1,2\n".repeat(100_000)}ü,2\n`, 100_002],
    ["after a line that is read in three pieces", "latin1", `a,y\n${"1".repeat(600_000)},2\nü,2\n`, 3],
  ] as const)("what is no UTF-8 %s, with its line", async (_where, encoding, content, line) => {
    const reading = read(Buffer.from(content, encoding));
    await expect(reading).rejects.toThrow(DataError);
    const mend = "Save it as CSV in UTF-8, as editors and spreadsheets can.";
    expect(await messageOf(reading)).toBe(`data.csv, line ${line}: there are bytes that are no text in UTF-8. ${mend}`);
  });

  it("what is no UTF-8 after characters that were read in pieces, or at the end", async () => {
    // 2¹⁸, the bytes that are read at once, is no multiple of 3: a € is cut at the end of each piece.
    const euros = Buffer.from(`a,y\n${"€".repeat(200_000)},2\n`);
    const at = (line: number) => new RegExp(`^data\\.csv, line ${line}: there are bytes that are no text in UTF-8\\.`);
    expect(await messageOf(read(Buffer.concat([euros, Buffer.from([0xfc])])))).toMatch(at(3));
    expect(await messageOf(read(Buffer.from("a,y\n1,2\n€").subarray(0, -1)))).toMatch(at(3));
    expect((await read(euros)).inputs[0]?.categories?.names).toEqual(["€".repeat(200_000)]);
  });

  it("a target or an ignored column that is not there, with the nearest name", async () => {
    const content = "price,horse power,year\n1,2,3\n";
    const columns = "Columns: price, horse power, year.";
    const missing = read(content, { target: "prize" });
    await expect(missing).rejects.toThrow(UnknownNameError);
    expect(await messageOf(missing)).toBe(`There is no column "prize" in data.csv. Did you mean "price"? ${columns}`);
    expect(await messageOf(read(content, { target: "price", ignore: ["yaer"] }))).toBe(
      `There is no column "yaer" in data.csv. Did you mean "year"? ${columns}`,
    );
    expect(await messageOf(read("1,2\n3,4\n"))).toBe(
      'There is no column "y" in data.csv. Its first line holds only numbers, and must name the columns. Columns: 1, 2.',
    );
  });

  it("no target, and one that is ignored", async () => {
    const none = read("a,y\n1,2\n", { target: undefined });
    await expect(none).rejects.toThrow(HyperparameterError);
    expect(await messageOf(none)).toBe("Say by --target which column of data.csv to predict. Columns: a, y.");
    expect(await messageOf(read("a,y\n1,2\n", { ignore: ["a,y"] }))).toBe(
      '"y" is the target, and cannot be ignored too.',
    );
    expect(await messageOf(read("a,b,y\n1,2,3\n", { ignore: ["a,b"] }))).toBe(
      "data.csv has no column besides the target to predict it from. Ignore fewer columns.",
    );
  });

  it("lists of columns only so far as one can read them", async () => {
    const names = Array.from({ length: 200 }, (_, index) => `a${index}`);
    const message = await messageOf(read(`${names.join(",")}\n`));
    expect(message).toMatch(/a38, a39, and 160 more\.$/);
  });
});
