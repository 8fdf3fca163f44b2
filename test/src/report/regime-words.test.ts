import { expect, it } from "vitest";
import type { RegimeRow } from "../../../src/regimes/regime.ts";
import { regimeInWords } from "../../../src/report/regime-words.ts";
import { sampleComparison } from "../../support/sample-comparison.ts";

const [row] = sampleComparison({ batchSizes: [32], momenta: [0], repeats: 1 }).regimes as [RegimeRow];
const inWords = (changes: Partial<RegimeRow>, ...others: RegimeRow[]) => {
  const regime = { ...row, ...changes };
  return regimeInWords(regime, [regime, ...others]);
};

it.each([
  ["full batches", { batchSize: "full", realBatchSize: 64 }],
  ["mini-batches of 32", {}],
  ["single samples", { batchSize: 1, realBatchSize: 1 }],
  ["batches of 500 (all 64 samples)", { batchSize: 500, realBatchSize: 64 }],
  ["mini-batches of 32 with momentum 0.9", { momentum: 0.9 }],
] as const)("%s", (words, changes) => {
  expect(inWords(changes)).toBe(words);
});

it("names whatever else sets a regime apart", () => {
  const other = {
    ...row,
    momentum: 0.9,
    learningRate: 0.1,
    optimizer: "adam",
    backend: "wasm",
    compile: false as const,
  };
  expect(inWords({}, other)).toBe("mini-batches of 32 without momentum at learning rate 0.05 by sgd on cpu compiled");
  expect(inWords(other, row)).toBe(
    "mini-batches of 32 with momentum 0.9 at learning rate 0.1 by adam on wasm not compiled",
  );
});
