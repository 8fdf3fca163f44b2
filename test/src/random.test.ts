import { RandomStream } from "rivulet";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const draws = (stream: RandomStream, count = 8) => Array.from({ length: count }, () => stream.uniform());

describe("RandomStream", () => {
  it("is the same for everyone: these are its first numbers", () => {
    // Read once from this implementation, and held since: weights and shuffles of everyone's runs follow from them.
    expect(draws(new RandomStream(42), 3)).toEqual([0.2847941517829895, 0.733555793762207, 0.08785313367843628]);
    expect([...new RandomStream(42, "shuffle", 0).permutation(8)]).toEqual([5, 4, 0, 1, 6, 2, 7, 3]);
  });

  it("follows from its path alone, not from what else was drawn", () => {
    const parent = new RandomStream(1);
    const before = draws(parent.split("kernel"));
    parent.uniform();
    expect(draws(parent.split("kernel"))).toEqual(before);
    expect(draws(new RandomStream(1, "kernel"))).toEqual(before);
  });

  it("gives each name and each seed a stream of its own", () => {
    const paths = [["a"], ["b"], ["a", "b"], ["ab"], [0], [1], []];
    const streams = [1, 2, -1].flatMap((seed) => paths.map((path) => draws(new RandomStream(seed, ...path)).join()));
    expect(new Set(streams).size).toBe(streams.length);
  });

  it("draws from [0, 1), evenly", () => {
    const values = draws(new RandomStream(5), 20_000);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    // Ten bins of 2,000 expected: χ² with 9 degrees of freedom passes 27.9 once in a thousand seeds.
    const bins = Array.from(
      { length: 10 },
      (_, bin) => values.filter((value) => Math.floor(value * 10) === bin).length,
    );
    expect(bins.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0)).toBeLessThan(27.9);
  });

  it("draws from N(0, 1) the same for everyone, from two uniform numbers each", () => {
    const uniform = new RandomStream(3, "kernel");
    const normal = new RandomStream(3, "kernel");
    for (let count = 0; count < 4; count++) {
      const radius = Math.sqrt(-2 * Math.log(1 - uniform.uniform()));
      expect(normal.normal()).toBe(radius * Math.cos(2 * Math.PI * uniform.uniform()));
    }
  });

  it("draws from N(0, 1), as far out as it should", () => {
    const stream = new RandomStream(5);
    const values = Array.from({ length: 20_000 }, () => stream.normal());
    // Bounds with these shares of N(0, 1) below them: ten bins of 2,000 expected.
    const deciles = [-1.2815516, -0.8416212, -0.5244005, -0.2533471, 0, 0.2533471, 0.5244005, 0.8416212, 1.2815516];
    const bins = Array.from({ length: 10 }, () => 0);
    for (const value of values) {
      const bin = deciles.filter((bound) => value > bound).length;
      bins[bin] = (bins[bin] as number) + 1;
    }
    // χ² with 9 degrees of freedom passes 27.9 once in a thousand seeds.
    expect(bins.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0)).toBeLessThan(27.9);
    // 54 expected beyond ±3, give or take 7; none beyond 5.77.
    const far = values.filter((value) => Math.abs(value) > 3).length;
    expect(Math.abs(far - 54)).toBeLessThan(37);
    expect(Math.max(...values.map(Math.abs))).toBeLessThan(5.78);
  });

  it("permutes: each number once, whatever the length and the seed", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 300 }), (seed, length) => {
        const order = [...new RandomStream(seed).permutation(length)];
        expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length }, (_, index) => index));
      }),
    );
  });

  it("puts each number in each place equally often", () => {
    const counts = Array.from({ length: 4 }, () => [0, 0, 0, 0]);
    for (let seed = 0; seed < 4000; seed++) {
      for (const [place, number] of new RandomStream(seed).permutation(4).entries()) {
        (counts[place] as number[])[number] = ((counts[place] as number[])[number] as number) + 1;
      }
    }
    // 1,000 expected in each of 16 cells, each within 5 standard deviations of 27.
    for (const count of counts.flat()) expect(Math.abs(count - 1000)).toBeLessThan(137);
  });

  it.each([0.5, NaN, Infinity])("refuses the seed %d", (seed) => {
    expect(() => new RandomStream(seed)).toThrow(`A random stream expects seed to be a whole number, got ${seed}.`);
  });
});
