import { describe, expect, it } from "vitest";
import { race, racers, roll, rules } from "../../../examples/worked/08-momentum.ts";
import { expectRelative } from "./expect-relative.ts";

interface Rule {
  readonly momentum?: number;
  readonly nesterov?: boolean;
}

/** The texts' form in float64: v ← μ v − η g, then w ← w + v, or with the look-ahead w ← w + μ v − η g. */
function pathOnPaper(
  gradient: (w: readonly number[]) => number[],
  start: readonly number[],
  { learningRate, momentum = 0, nesterov = false }: Rule & { readonly learningRate: number },
  steps: number,
): number[][] {
  const path = [[...start]];
  let velocity = start.map(() => 0);
  for (let step = 0; step < steps; step++) {
    const here = path.at(-1) ?? [];
    const drop = gradient(here).map((slope) => learningRate * slope);
    velocity = velocity.map((speed, axis) => momentum * speed - (drop[axis] ?? NaN));
    const move = nesterov ? velocity.map((speed, axis) => momentum * speed - (drop[axis] ?? NaN)) : velocity;
    path.push(here.map((coordinate, axis) => coordinate + (move[axis] ?? NaN)));
  }
  return path;
}

describe("W8: momentum on a narrow bowl", () => {
  it("needs as many steps as in the texts' form", async () => {
    const expected = racers.map(([, options]) => {
      const path = pathOnPaper(([x = NaN, y = NaN]) => [x, 50 * y], [10, 1], options, 400);
      return path.findIndex(([x = NaN, y = NaN]) => 0.5 * (x ** 2 + 50 * y ** 2) <= 1e-3);
    });
    expect((await race()).map(({ steps }) => steps)).toEqual(expected);
    expect(expected).toEqual([268, 141, 49, 27]);
  });

  it("reaches the bottom in fewer steps than plain descent, even at the best rate of that", async () => {
    const [plain = NaN, best = NaN, momentum = NaN, nesterov = NaN] = (await race()).map(({ steps }) => steps);
    expect(momentum * 5).toBeLessThan(plain);
    expect(momentum * 2).toBeLessThan(best);
    expect(nesterov).toBeLessThan(momentum);
  });
});

describe("W8: a shallow and a deep valley", () => {
  const slope = (w: number) => 4 * w ** 3 - 4 * w + 0.3;
  // Where the slope is 0: 4 w³ − 4 w + 0.3 = 0.
  const shallow = 0.9601;
  const deep = -1.0356;

  it("has its valleys there", () => {
    for (const valley of [shallow, deep]) expect(slope(valley - 1e-3) * slope(valley + 1e-3)).toBeLessThan(0);
  });

  it.each([
    [2.1, "plain", shallow],
    [2.1, "momentum 0.9", deep],
    [2.1, "Nesterov momentum 0.9", deep],
    [2.5, "plain", shallow],
    [2.5, "momentum 0.9", shallow],
    [2.5, "Nesterov momentum 0.9", deep],
  ] as const)("rolls from %d with %s to %d", async (start, rule, valley) => {
    const { path, end, value } = await roll(start, rules[rule]);
    expect(path).toHaveLength(301);
    // The valleys are given to four places.
    expect(end).toBeCloseTo(valley, 4);
    expect(value).toBeCloseTo(valley ** 4 - 2 * valley ** 2 + 0.3 * valley, 4);
  });

  it("never leaves the shallow side without momentum", async () => {
    expect(Math.min(...(await roll(2.5, rules.plain)).path)).toBeGreaterThan(0.9);
  });

  it.each(Object.entries<Rule>(rules))("goes the path of the texts' form: %s", async (_, rule) => {
    const { path } = await roll(2.5, rule);
    const onPaper = pathOnPaper(([w = NaN]) => [slope(w)], [2.5], { learningRate: 0.01, ...rule }, 300).flat();
    // Absolute: the path crosses 0. On the hill the slope pushes two near paths apart before a valley joins them again.
    path.forEach((w, step) => expect(Math.abs(w - (onPaper[step] ?? NaN))).toBeLessThan(1e-5));
    expectRelative(path.at(-1) ?? NaN, onPaper.at(-1) ?? NaN, 1e-5);
  });
});
