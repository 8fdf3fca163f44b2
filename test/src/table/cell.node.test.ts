import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  dateIn,
  formatDate,
  isMissing,
  looksLikeDate,
  looksLikeNumber,
  numberIn,
  truthIn,
} from "../../../src/table/cell.ts";

describe("isMissing", () => {
  it.each(["", "NA", "na", "N/A", "NaN", "nan", "null", "NULL", "?", "-"])("takes %j for nothing", (text) => {
    expect(isMissing(text)).toBe(true);
  });

  it.each(["0", "none", "nannan", "--", "NAB", "false"])("takes %j for something", (text) => {
    expect(isMissing(text)).toBe(false);
  });
});

describe("numberIn", () => {
  it("reads back every finite number that JavaScript writes", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        // String(-0) is "0".
        expect(numberIn(String(number))).toBe(number === 0 ? 0 : number);
      }),
    );
  });

  it.each([
    ["1", 1],
    ["-1.50", -1.5],
    ["+.5", 0.5],
    ["5.", 5],
    ["007", 7],
    ["6.02E23", 6.02e23],
  ])("reads %j", (text, number) => {
    expect(numberIn(text)).toBe(number);
  });

  it.each(["1,234.5", "€12", "12 %", "0x1F", "0b1", "0O7", "1_000", "Infinity", "-inf", "1e999", "one", "1 2"])(
    "takes %j for a text",
    (text) => {
      expect(numberIn(text)).toBeNaN();
    },
  );
});

describe("truthIn", () => {
  it("knows true and false in any case, and nothing else", () => {
    expect(["true", "TRUE", "True", "false", "False"].map(truthIn)).toEqual([1, 1, 1, 0, 0]);
    for (const text of ["yes", "t", "truest", "1"]) expect(truthIn(text)).toBeNaN();
  });
});

describe("dateIn", () => {
  it.each([
    ["1970-01-01", 0],
    ["1970-01-02", 1],
    ["1969-12-31", -1],
    ["2000/2/29", 11_016],
    ["1970-01-01T12:00", 0.5],
    ["1970-01-01 06:00:00", 0.25],
    ["1970-01-01T00:00:00.000Z", 0],
    ["1970-01-01T02:00:00+02:00", 0],
    ["1970-01-01T00:00:00-0600", 0.25],
  ])("reads %j as %d days", (text, days) => {
    expect(dateIn(text)).toBe(days);
  });

  it.each([
    "2001-02-29",
    "2000-13-01",
    "2000-00-10",
    "2000-01/02",
    "1/2/2000",
    "2000-1",
    "2000-01-01 25:00",
    "20000101",
  ])("takes %j for no date", (text) => {
    expect(dateIn(text)).toBeNaN();
  });

  it("reads back every day that is written, whatever the year", () => {
    fc.assert(
      fc.property(fc.integer({ min: -719_528, max: 2_932_896 }), (days) => {
        expect(dateIn(formatDate(days))).toBe(days);
      }),
    );
  });
});

describe("what looks like something else", () => {
  it.each(["1,234.5", "1.234,5", "1,5", "€12", "12 €", "$1,000", "-$5", "12 %", "1 000"])(
    "%j like a number",
    (text) => {
      expect(looksLikeNumber(text)).toBe(true);
    },
  );

  it.each(["10.0.0.1", "1-2-3", "5 kg", "A4", "555-1234", "", "%"])("%j not like a number", (text) => {
    expect(looksLikeNumber(text)).toBe(false);
  });

  it.each(["31.1.2026", "1/31/26", "Jan 1 2000", "3 March 1999", "Sep 9, 1999"])("%j like a date", (text) => {
    expect(looksLikeDate(text)).toBe(true);
  });

  it.each(["Toyota 2000", "may be", "1999", "marshall 1990"])("%j not like a date", (text) => {
    expect(looksLikeDate(text)).toBe(false);
  });
});
