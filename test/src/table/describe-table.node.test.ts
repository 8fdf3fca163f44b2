import { describe, expect, it } from "vitest";
import { prepareTable, type PrepareOptions } from "../../../src/table/prepare.ts";
import { range } from "./columns.ts";
import { temporaryFile } from "./temporary-file.ts";

/** What a user is told of a file, and what is made of it. */
async function prepared(lines: readonly string[], options: Partial<PrepareOptions> = {}) {
  const path = await temporaryFile(lines.join("\n"));
  const said: string[] = [];
  const settings = { target: "y", task: undefined, testFraction: 0.2, seed: 1, ...options };
  const table = await prepareTable(path, settings, (text) => said.push(text)).catch((error: unknown) => {
    return error instanceof Error ? error.message.replace(/\S*\/data\.csv/, "data.csv") : "no error";
  });
  return { table, text: said.join("\n") };
}

const messy = [
  "id,when,what,how much,flag,,name,always,never,other,y",
  ...range(40).map((row) =>
    [
      row + 1,
      `2020-0${(row % 9) + 1}-01`,
      ["red", "blue", ""][row % 3],
      row === 7 ? "12 €" : row * 1.5,
      row % 4 === 0,
      row ** 2,
      `name ${row}`,
      5,
      "NA",
      `Jan ${row} 2020`,
      row === 5 ? "" : row / 3,
    ].join(","),
  ),
];

describe("what is said of a file", () => {
  it("names each column, what was made of it, and what to change", async () => {
    const { text } = await prepared(messy, { ignore: ["name"] });
    expect(text).toBe(
      `data.csv: 40 rows of 11 columns, "," between cells.
Target "y": numbers, so a regression. 1 row without a target left out.

| column   | type    | values                  | missing |   inputs |
| :------- | :------ | :---------------------- | ------: | -------: |
| id       | number  | 1 … 40                  |       0 | left out |
| when     | date    | 2020-01-01 … 2020-09-01 |       0 |        3 |
| what     | text    | 2 different             |      12 |        3 |
| how much | text    | 39 different            |       0 | left out |
| flag     | boolean | true, false             |       0 |        1 |
| column 6 | number  | 0 … 1521                |       0 |        1 |
| always   | number  | 5                       |       0 | left out |
| never    | empty   |                         |      39 | left out |
| other    | text    | 39 different            |       0 | left out |
| y        | number  | 0 … 13                  |         |   target |

Ignored, as asked: "name".
Left out, being empty: "never".
Left out, being the same in every training row: "always".
Left out, being only the number of the row: "id".
Left out, having too many different texts, as names have: "how much", "other".
In "how much" 1 of 39 cells is no number, first at line 9: "12 €". Write plain
  numbers, such as 1234.5, or leave it empty.
In "other" its texts, such as "Jan 0 2020", look like dates. Write them as
  2026-01-31.
12 missing cells filled: numbers and dates by the training rows' mean, texts as
  a value of their own.
Without a name in the header: what is called "column 6" here.`,
    );
  });

  it("fits in 80 columns whatever the columns are called", async () => {
    const name = `"${"a very long name, ".repeat(9)}"`;
    const rows = range(20).map((row) => `${row ** 2},${row % 2 === 0 ? "a" : "b|c"},${row / 7}`);
    const { text } = await prepared([`${name},"two\nlines | and a bar",y`, ...rows]);
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(text).toContain("| two lines ¦ and a bar ");
    expect(text).toMatch(/^\| a very long name, a very [^|]*… \| number/m);
  });

  it("prints nothing of a name that a terminal would obey", async () => {
    const rows = range(20).map((row) => `${row ** 2},${row / 7}`);
    const named = ["a\u001B[31m\u009B31m,y", ...rows];
    const { text } = await prepared(named, { ignore: [] });
    expect(text).toContain("| a [31m 31m |");
    const { table } = await prepared(named, { target: "b\u009B" });
    expect(table).toBe(String.raw`There is no column "b\u009b" in data.csv. Did you mean "y"? Columns: a [31m 31m, y.`);
  });

  it("says where numbers are written with other signs in them, though the first text is another", async () => {
    const rows = range(20).map((row) => `${row === 0 ? "unknown" : `${row},5`};${row / 7}`);
    const { text } = await prepared(["size;y", ...rows, "3.25;1"]);
    expect(text.replaceAll("\n  ", " ")).toContain(
      'In "size" 20 of 21 cells are no numbers, first at line 2: "unknown", and at line 3 "1,5". ' +
        "Write plain numbers, such as 1234.5, or leave it empty.",
    );
  });

  it("keeps the number of the row where there is nothing else, and says so", async () => {
    const rows = range(40).map((row) => `${row},name ${row},${row / 3}`);
    const { table, text } = await prepared(["hour,name,y", ...rows]);
    expect(text).toContain('Kept for want of others, though like the number of the row: "hour".');
    expect(text).not.toContain("being only the number of the row");
    expect(table).toMatchObject({ features: [{ column: "hour", kind: "value" }] });
  });

  it("shows the first columns of a wide table, and how many more there are", async () => {
    const names = range(100).map((column) => `a${column}`);
    const rows = range(12).map((row) => [...names.map((_, column) => (row * column) % 11), row / 2].join(","));
    const { text } = await prepared([[...names, "y"].join(","), ...rows]);
    expect(text).toMatch(/^\| a59 /m);
    expect(text).not.toMatch(/^\| a60 /m);
    expect(text).toContain("\n… and 40 more columns.\n");
  });

  it("names a dozen columns in a sentence, and how many more there are", async () => {
    const names = range(20).map((column) => `a${column}`);
    const rows = range(12).map((row) => [...names.map(() => 7), row ** 2, row / 2].join(","));
    const { text } = await prepared([[...names, "b", "y"].join(","), ...rows]);
    expect(text.replaceAll("\n  ", " ")).toContain(
      'row: "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "a10", "a11" and 8 more.',
    );
  });

  it("says it of a table of which nothing is left, and then ends", async () => {
    const { table, text } = await prepared(["name,y", ...range(20).map((row) => `n${row},${row / 3}`)]);
    expect(text).toContain('Left out, having too many different texts, as names have: "name".');
    expect(table).toBe("data.csv has no column left to predict the target from.");
  });

  it("refuses a target that is the same in every training row", async () => {
    const rows = range(20).map((row) => `${row ** 2},${row === 0 ? 0.5 : 1.5}`);
    const outcomes = await Promise.all(range(12).map(async (seed) => prepared(["a,y", ...rows], { seed })));
    const messages = outcomes.map(({ table }) => table).filter((table) => typeof table === "string");
    // Wherever the one other row is dealt to the test or the validation part.
    expect(new Set(messages)).toEqual(
      new Set(["The target is 1.5 in all 13 training rows: there is nothing to learn."]),
    );
  });
});
