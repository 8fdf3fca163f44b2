import { expect, it } from "vitest";
import { countOf, formatNumber, formatSetting } from "../../../src/report/numbers.ts";

it.each([
  [null, "–"],
  [0, "0"],
  [1, "1"],
  [0.012345, "0.0123"],
  [0.00095, "0.00095"],
  [0.0009, "9×10⁻⁴"],
  [1e-5, "10⁻⁵"],
  [1.234e-12, "1.23×10⁻¹²"],
  [-0.5, "−0.5"],
  [-1e-9, "−10⁻⁹"],
  [99.96, "100"],
  [310.5, "311"],
  [12345, "12,345"],
  [1e7, "10⁷"],
  [6.022e23, "6.02×10²³"],
])("formatNumber(%d) is %s", (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

it("formatNumber takes more digits where they are asked for", () => {
  expect([3, 4, 6].map((digits) => formatNumber(0.123456, digits))).toEqual(["0.123", "0.1235", "0.123456"]);
});

it("formatSetting keeps a rate as it was set", () => {
  expect([0.0003, -1, 1e-7].map(formatSetting)).toEqual(["0.0003", "−1", "1e−7"]);
});

it("countOf knows one from many", () => {
  expect([0, 1, 1200].map((count) => countOf(count, "run"))).toEqual(["0 runs", "1 run", "1,200 runs"]);
});
