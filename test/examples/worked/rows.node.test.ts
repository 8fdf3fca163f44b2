import { describe, expect, it } from "vitest";
import { chooseRows, rows } from "../../../examples/worked/rows.ts";

describe("the worked examples", () => {
  it("are eleven, in order", () => {
    expect(rows.map(({ title }) => title.split(" ")[0])).toEqual(rows.map((_, index) => `W${index + 1}`));
    expect(rows).toHaveLength(11);
  });

  it.each(rows)(
    "report $title in 80 columns",
    async ({ title, report }) => {
      const lines = (await report()).split("\n");
      expect(lines[0]).toBe(`## ${title}`);
      expect(lines.filter((line) => line.length > 80)).toEqual([]);
      expect(lines.filter((line) => line.startsWith("| ")).length).toBeGreaterThan(2);
      expect(lines.filter((line) => /NaN|undefined|\[object/.test(line.replace("not with NaN", "")))).toEqual([]);
    },
    60_000,
  );

  it("are all of them, or those asked for by number", () => {
    expect(chooseRows([])).toEqual(rows);
    expect(chooseRows(["5", "8"])).toEqual([rows[4], rows[7]]);
  });

  it.each(["0", "12", "-1", "1.5", "five", ""])("refuse the number %j", (number) => {
    const message = `There is no worked example ${number}. Give numbers from 1 to 11.`;
    expect(() => chooseRows(["1", number])).toThrow(message);
  });
});
