import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { readRows } from "../../../src/table/csv-rows.ts";

/** Cuts a text into pieces, as a file comes. */
async function* pieces(text: string, size = text.length): AsyncGenerator<string, void, undefined> {
  for (let start = 0; start < text.length; start += size) yield text.slice(start, start + size);
}

async function rowsOf(text: string, options: { readonly size?: number; readonly delimiter?: string } = {}) {
  const rows: { cells: readonly string[]; line: number }[] = [];
  const onRow = (cells: readonly string[], line: number) => rows.push({ cells, line });
  const delimiter = await readRows("data.csv", pieces(text, options.size), options.delimiter, onRow);
  return { rows, delimiter, cells: rows.map((row) => row.cells), lines: rows.map(({ line }) => line) };
}

/** What a reader must bring back: what is special to CSV, and what is not. */
const cell = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom('"', ",", ";", "\n", "\r", "\t", "|", " ", "a", "é", "1", ".") }),
);

/** A cell as it is written: in quotes where it has to be, and now and then where it has not. */
function written(text: string, alsoQuoted: boolean): string {
  const mustQuote = /[",;\t|\r\n]|^\s|\s$/.test(text);
  return mustQuote || alsoQuoted ? `"${text.replaceAll('"', '""')}"` : text;
}

describe("readRows", () => {
  it("reads what was written: any cells, quoted at random, either line end, cut anywhere", async () => {
    const table = fc
      .tuple(
        fc.integer({ min: 2, max: 4 }),
        fc.constantFrom("\n", "\r\n"),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
      )
      .chain(([width, end, size, endsLast]) =>
        fc.record({
          rows: fc.array(fc.array(fc.tuple(cell, fc.boolean()), { minLength: width, maxLength: width }), {
            minLength: 1,
            maxLength: 6,
          }),
          end: fc.constant(end),
          size: fc.constant(size),
          endsLast: fc.constant(endsLast),
        }),
      );
    await fc.assert(
      fc.asyncProperty(table, async ({ rows, end, size, endsLast }) => {
        const lines = rows.map((row) => row.map(([text, quoted]) => written(text, quoted)).join(","));
        const text = lines.join(end) + (endsLast ? end : "");
        const expected = rows.map((row) => row.map(([value]) => value));
        const { cells } = await rowsOf(text, { size, delimiter: "," });
        // The return before a line end stays in an unquoted last cell, and is trimmed off where the cell is read.
        const trimmed = cells.map((row) =>
          row.map((value, at) => (at === row.length - 1 ? value.replace(/\r$/, "") : value)),
        );
        const wanted = expected.map((row) =>
          row.map((value, at) => (at === row.length - 1 ? value.replace(/\r$/, "") : value)),
        );
        expect(trimmed).toEqual(wanted);
      }),
    );
  });

  it("reads numbers back, to the last bit, as another program writes them", async () => {
    const numbers = fc.array(fc.array(fc.double({ noNaN: true }), { minLength: 3, maxLength: 3 }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(numbers, fc.integer({ min: 1, max: 20 }), async (rows, size) => {
        const { cells } = await rowsOf(Papa.unparse(rows.map((row) => row.map(String))), { size });
        expect(cells.map((row) => row.map(Number))).toEqual(rows.map((row) => row.map((value) => value + 0)));
      }),
    );
  });

  it.each([
    ["a,b;c,d\n1;2", ","],
    ["a;b;c\n1,5;2,5;3,5", ";"],
    ["a\tb c\n1\t2", "\t"],
    ["a|b\n1|2", "|"],
    ['"a,b,c";d\n1;2', ";"],
    ["a b\n1", ","],
  ])("finds the delimiter in the header of %j", async (text, delimiter) => {
    expect((await rowsOf(text)).delimiter).toBe(delimiter);
  });

  it("takes the delimiter that it is given", async () => {
    expect((await rowsOf("a,b c\n1 2", { delimiter: " " })).cells).toEqual([
      ["a,b", "c"],
      ["1", "2"],
    ]);
  });

  it("tells each row's first line, empty lines and line breaks in quotes counted", async () => {
    for (const end of ["\n", "\r\n"]) {
      const text = ["a,b", "", '"1', '2",3', "  ", "4,5", "6,7"].join(end);
      expect((await rowsOf(text, { size: 5 })).lines).toEqual([1, 3, 6, 7]);
    }
  });

  it("leaves a quote alone inside a cell that does not begin with one", async () => {
    expect((await rowsOf('name,size\ndisc 5",1\n')).cells[1]).toEqual(['disc 5"', "1"]);
  });

  it.each([
    [
      'a,b\n1,2\n"3"x,4\n5,6\n',
      'data.csv, line 3: A quoted cell goes on after its closing quote. Write a quote inside of it twice: "5"" disc".',
    ],
    ['a,b\n1,2\n3,"4\n5,6\n', "data.csv, line 3: A quote is opened here and not closed."],
    ['a,b\n"1\n2",2\n3,"4\n5,6\n', "data.csv, line 4: A quote is opened here and not closed."],
  ])("names the line of a wrong quote in %j", async (text, message) => {
    for (const size of [1, 3, 100]) await expect(rowsOf(text, { size })).rejects.toThrow(message);
  });

  it("gives up on a quote that swallows the file before the memory is full", async () => {
    async function* endless(): AsyncGenerator<string, void, undefined> {
      yield 'a,b\n1,2\n3,"4\n';
      for (;;) yield "5,6\n".repeat(2 ** 16);
    }
    const reading = readRows("data.csv", endless(), undefined, () => {});
    await expect(reading).rejects.toThrow("data.csv, line 3: Its row has no end: a quote is not closed.");
  });

  it("reads any number of rows", async () => {
    let count = 0;
    async function* many(): AsyncGenerator<string, void, undefined> {
      for (let chunk = 0; chunk < 20; chunk++) yield "5,6\n".repeat(2 ** 16);
    }
    await readRows("data.csv", many(), undefined, () => count++);
    expect(count).toBe(20 * 2 ** 16);
  });

  it("ends with what the listener throws, and closes the file", async () => {
    let isClosed = false;
    async function* watched(): AsyncGenerator<string, void, undefined> {
      try {
        for (;;) yield "a,b\n";
      } finally {
        isClosed = true;
      }
    }
    const onRow = () => {
      throw new Error("enough");
    };
    await expect(readRows("data.csv", watched(), undefined, onRow)).rejects.toThrow("enough");
    expect(isClosed).toBe(true);
  });
});
