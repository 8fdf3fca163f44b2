import { describe, expect, it } from "vitest";
import { decodeAxes, encodeAxes, isEncodedAxes } from "../../../../../examples/lab/fit-a-curve/data/axes.ts";
import { rounded } from "../../../../../examples/lab/fit-a-curve/data/point.ts";
import { readCsv, readCsvFile, type CsvData } from "../../../../../examples/lab/fit-a-curve/data/read-csv.ts";

async function read(text: string): Promise<CsvData> {
  const data = await readCsv(text);
  if ("kind" in data) throw new Error(JSON.stringify(data));
  return data;
}

describe("a CSV file", () => {
  it("of two columns is a curve, scaled, with the names of its columns", async () => {
    const { inputs, points, axes, rows } = await read("hp,mpg\n50,40\n100,30\n\n150,10\n");
    expect({ inputs, rows }).toEqual({ inputs: 1, rows: 3 });
    expect(points).toEqual([
      rounded({ x: -1, y: 1, group: 0 }),
      rounded({ x: 0, y: 1 / 3, group: 0 }),
      rounded({ x: 1, y: -1, group: 0 }),
    ]);
    expect(axes).toEqual({
      x: { name: "hp", least: 50, most: 150 },
      y: { name: "mpg", least: 10, most: 40 },
      groups: [],
    });
  });

  it("of three columns is two classes, in the order of their names", async () => {
    const { inputs, points, axes } = await read("1,5,yes\n2,6,no\n3,7,yes\n");
    expect(inputs).toBe(2);
    expect(points.map(({ group }) => group)).toEqual([1, 0, 1]);
    expect(axes.groups).toEqual(["no", "yes"]);
    expect(axes.x.name).toBe("x");
  });

  it.each([
    ["semicolons and decimal commas", "x;y\n0,5;1,5\n1;2\n1,5;2,5\n"],
    ["tabs", "x\ty\n0.5\t1.5\n1\t2\n1.5\t2.5\n"],
    ["a byte order mark and Windows line ends", "\uFEFFx,y\r\n0.5,1.5\r\n1,2\r\n1.5,2.5\r\n"],
    ["quotes and spaces", '"x", "y"\n"0.5", 1.5\n1 ,2\n1.5,2.5'],
  ])("may have %s", async (_, text) => {
    const { points, axes } = await read(text);
    expect(axes.x).toEqual({ name: "x", least: 0.5, most: 1.5 });
    expect(axes.y.least).toBe(1.5);
    expect(points).toHaveLength(3);
  });

  it("of more rows than a link holds is taken evenly", async () => {
    const { points, rows } = await read(Array.from({ length: 1000 }, (_, index) => `${index},${index}`).join("\n"));
    expect(rows).toBe(1000);
    expect(points).toHaveLength(400);
    expect(points[0]?.x).toBe(rounded({ x: -1, y: 0, group: 0 }).x);
    expect(points.at(-1)?.x).toBeGreaterThan(0.99);
  });

  it.each([
    ["", { kind: "empty" }],
    ["\n\n,\n", { kind: "empty" }],
    ["x,y\n1,2\n", { kind: "fewRows", rows: 1, fewest: 3 }],
    ["1\n2\n3\n", { kind: "columns", columns: 1 }],
    ["1,2,3,4\n1,2,3,4\n", { kind: "columns", columns: 4 }],
    ["x,y\n1,2\n3,4\n5\n", { kind: "ragged", row: 4, cells: 1, columns: 2 }],
    ["x,y\n1,2\n\n3,4\n5,five\n", { kind: "noNumber", row: 5, column: "y", cell: "five" }],
    ["x,y\n1,2\n3,\n5,6\n", { kind: "noNumber", row: 3, column: "y", cell: "" }],
    ["x,y\n1,2\n3,1e999\n5,6\n", { kind: "noNumber", row: 3, column: "y", cell: "1e999" }],
    ["x,1\n1,2\n3,4\n5,6\n", { kind: "noNumber", row: 1, column: "x", cell: "x" }],
    ["x,y\n1,2\n1,4\n1,6\n", { kind: "constant", column: "x", cell: "1" }],
    ["1,2,a\n1,3,b\n2,4,c\n", { kind: "classes", column: "class", count: 3 }],
    ["1,2,a\n1,3,a\n2,4,a\n", { kind: "classes", column: "class", count: 1 }],
    ['x,y\n1,2\n"3,4\n5,6\n', { kind: "quotes", row: 3 }],
    ["PK\u0003\u0004\0\0", { kind: "noText" }],
    ["\uFFFD\uFFFD,1\n", { kind: "noText" }],
  ])("is refused with the place: %j", async (text, problem) => {
    expect(await readCsv(text)).toEqual(problem);
  });

  it("is refused unread where it is too large", async () => {
    const file = new File([new Uint8Array(5_000_001)], "large.csv");
    expect(await readCsvFile(file)).toEqual({ kind: "tooLarge", most: 5_000_000 });
  });
});

describe("what a file's columns were called", () => {
  const axes = { x: { name: "a,b", least: -1.5, most: 2 }, y: { name: "“c”", least: 0, most: 1e-9 }, groups: [] };

  it.each([axes, { ...axes, groups: ["no", "yes"] }, null])("comes back from a link: %j", (value) => {
    const text = encodeAxes(value);
    expect(isEncodedAxes(text)).toBe(true);
    expect(decodeAxes(text)).toEqual(value);
  });

  it.each(["x", "[]", '[["a",0,1]]', '[["a",1,0],["b",0,1]]', '[["a",0,1],["b",0,1],"c"]', '[["a",0,null],["b",0,1]]'])(
    "is not read from %s",
    (text) => {
      expect(isEncodedAxes(text)).toBe(false);
      expect(() => decodeAxes(text)).toThrow(`No axes are written as ${text}.`);
    },
  );
});
