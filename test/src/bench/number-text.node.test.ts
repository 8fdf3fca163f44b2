import { expect, it } from "vitest";
import { durationText, numberText } from "../../../src/bench/number-text.ts";

it.each([
  [17_342, "17,342"],
  [17_342.6, "17,300"],
  [2_345_678, "2,350,000"],
  [2.3456, "2.35"],
  [0.014_249, "0.0142"],
  [0.000_012_3, "0.0000123"],
  [1.23e-7, "1.23e-7"],
  [2.5e12, "2500000000000"],
  [-0.5, "-0.5"],
  [0, "0"],
  [100, "100"],
])("writes %d as %s", (value, text) => {
  expect(numberText(value)).toBe(text);
});

it.each([
  [0.04, "0.0 s"],
  [3.25, "3.3 s"],
  [9.96, "10 s"],
  [59.4, "59 s"],
  [59.6, "1 min 0 s"],
  [125, "2 min 5 s"],
])("writes %d seconds as %s", (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});
