import { describe, expect, it } from "vitest";
import { descend, slopeAt, slopeOnPaper, solution } from "../../../examples/worked/02-chain-of-functions.ts";
import { expectRelative } from "./expect-relative.ts";

describe("W2: descent through a chain of functions", () => {
  it.each([1, 2, 3, 5])("has at X = %d the slope of the formula", async (x) => {
    // At X = 2, E is so near Y that E − Y keeps a thirtieth of its digits' worth: 30 times the roundings of the chain.
    expectRelative(await slopeAt(x), slopeOnPaper(x), 1e-5);
  });

  it("starts, steps and ends as worked out in float64", async () => {
    const path = await descend();
    expect(path).toHaveLength(100);
    const at = (step: number) => [path[step]?.x ?? NaN, path[step]?.e ?? NaN];
    expectRelative(at(0), [2, 0.4823038073675112]);
    expectRelative(at(1), [2.0039794344777215, 0.48319782081313933]);
    expectRelative(at(2), [2.0077505477557773, 0.4840434448130393]);
    expectRelative(at(99), [2.079562000066275, 0.49985824603681106]);
  });

  it("creeps up to the closed answer", async () => {
    expectRelative(solution, Math.exp(1.5 ** 2 / 2) - 1, 1e-12);
    expect(solution).toBeCloseTo(2.0802, 4);
    const path = await descend();
    const distances = path.map(({ x }) => solution - x);
    distances.forEach((distance, step) => expect(distance).toBeLessThan(distances[step - 1] ?? Infinity));
    expect(distances.at(-1)).toBeGreaterThan(6e-4);
  });
});
