import { expect, it } from "vitest";
import { moveApart } from "../../../../src/report/page/end-labels.ts";

const sorted = (labels: ReturnType<typeof moveApart>) => labels.toSorted((a, b) => a.index - b.index).map(({ y }) => y);

it("leaves labels alone that do not cover one another", () => {
  const labels = [
    { index: 0, x: 100, y: 50 },
    { index: 1, x: 100, y: 63 },
    { index: 2, x: 200, y: 51 },
  ];
  expect(sorted(moveApart(labels, 300))).toEqual([50, 63, 51]);
});

it("moves labels down that would cover one another, and up again from the bottom", () => {
  const labels = [0, 1, 2].map((index) => ({ index, x: 100, y: 50 + index }));
  expect(sorted(moveApart(labels, 300))).toEqual([50, 62, 74]);
  expect(sorted(moveApart(labels, 60))).toEqual([36, 48, 60]);
});
