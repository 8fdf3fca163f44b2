import { expect, it } from "vitest";
import type { LossSlice } from "../../../../src/regimes/comparison.ts";
import { contoursInWords, heightsOf } from "../../../../src/report/page/contours.ts";
import { sampleComparison } from "../../../support/sample-comparison.ts";

const slice = sampleComparison({ batchSizes: [8], momenta: [0], repeats: 1 }).slice as LossSlice;
const heights = (losses: (number | null)[][]) => heightsOf({ ...slice, losses });

it("takes logarithms where all losses are above 0", () => {
  const found = heights([
    [1, 10],
    [null, 100],
  ]);
  expect(found).toMatchObject({ values: [0, 1, NaN, 2], isLog: true, least: 1, largest: 100 });
  expect(found?.thresholds).toHaveLength(14);
  expect(found?.thresholds.slice(0, 2)).toEqual([0, 2 / 14]);
  expect(found && contoursInWords(found, (loss) => loss.toFixed(2))).toBe(
    "The further a shade from the page's, the higher the loss, from 1.00 to 100.00; from one contour to the next it grows " +
      "1.39 times.",
  );
});

it("takes the losses where one is not", () => {
  const found = heights([[0, 14]]);
  expect(found).toMatchObject({ values: [0, 14], isLog: false });
  expect(found && contoursInWords(found, String)).toMatch(/; from one contour to the next it grows by 1\.$/);
});

it("says where all losses are the same, and has none where none is finite", () => {
  const flat = heights([[2, 2]]);
  expect(flat && contoursInWords(flat, String)).toBe("The loss is 2 all over the plane.");
  expect(heights([[null, null]])).toBeNull();
});
