import { HyperparameterError, initializers, RandomStream, type Initializer } from "rivulet";
import { describe, expect, it } from "vitest";
import { constantValue } from "../../src/initializers/constants.ts";
import { randomNormal, randomUniform, truncatedNormal } from "../../src/initializers/distributions.ts";
import { initialValues } from "../../src/initializers.ts";
import golden from "../golden/initializers.json" with { type: "json" };

function momentsOf(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, standardDeviation: Math.sqrt(variance), largest: Math.max(...values.map(Math.abs)) };
}

/** 30,000 values of a shape, each draw from a stream of its own. */
function drawn(initializer: Initializer, shape: readonly number[], draws = 20): number[] {
  return Array.from({ length: draws }, (_, draw) => [...initializer(shape, new RandomStream(draw))]).flat();
}

/** Keras writes lecunNormal, tfjs leCunNormal. */
const named = (name: string): Initializer => {
  const entry = Object.entries<Initializer>(initializers).find(([key]) => key.toLowerCase() === name.toLowerCase());
  if (entry === undefined) throw new Error(`There is no initializer ${name}.`);
  return entry[1];
};

describe("initializers against Keras's", () => {
  it.each(golden.cases)("$name has its limits, mean and standard deviation", ({ name, limit, ...expected }) => {
    const values = drawn(named(name), golden.shape);
    const { mean, standardDeviation, largest } = momentsOf(values);
    const count = values.length;
    // Five standard errors: σ / √n of a mean; of a standard deviation σ / √(2 n) at most.
    expect(Math.abs(mean)).toBeLessThan((5 * expected.standardDeviation) / Math.sqrt(count));
    const off = Math.abs(standardDeviation - expected.standardDeviation);
    expect(off).toBeLessThan((5 * expected.standardDeviation) / Math.sqrt(2 * count));
    // It comes close to its limit, and a float32 may round up to it; without one it goes far.
    const [least, most] = limit === null ? [3 * expected.standardDeviation, Infinity] : [0.999 * limit, limit];
    expect(largest).toBeGreaterThan(least);
    expect(largest).toBeLessThanOrEqual(Math.fround(most));
  });

  it("has a case of every one that draws", () => {
    const cases = golden.cases.map(({ name }) => named(name));
    expect(new Set([...cases, initializers.zeros, initializers.ones])).toEqual(new Set(Object.values(initializers)));
  });

  it.each([
    // [shape, inputs, outputs], as keras.src.initializers.random_initializers.compute_fans counts them
    [[], 1, 1],
    [[300], 300, 300],
    [[50, 30], 50, 30],
    [[5, 4, 30], 20, 150],
    [[3, 5, 4, 30], 60, 450],
  ])("counts the fans of %j as Keras does", (shape, inputs, outputs) => {
    const random = () => new RandomStream(1);
    const unit = random().uniform() * 2 - 1;
    const first = (name: keyof typeof initializers) => initializers[name](shape, random())[0];
    expect(first("glorotUniform")).toBe(Math.fround(Math.sqrt(6 / (inputs + outputs)) * unit));
    expect(first("heUniform")).toBe(Math.fround(Math.sqrt(6 / inputs) * unit));
    expect(first("leCunUniform")).toBe(Math.fround(Math.sqrt(3 / inputs) * unit));
  });
});

describe("initializers of options", () => {
  it("fills with one value", () => {
    expect([...constantValue(0.5)([2, 2], new RandomStream(0))]).toEqual([0.5, 0.5, 0.5, 0.5]);
  });

  it("draws uniformly between two bounds", () => {
    const values = drawn(randomUniform({ minimum: 1, maximum: 3 }), [1500]);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...values)).toBeLessThanOrEqual(3);
    // Five standard errors of 30,000: 5 · (2 / √12) / √30,000
    expect(Math.abs(momentsOf(values).mean - 2)).toBeLessThan(0.017);
  });

  it("draws normally around a mean, and within two deviations of it if truncated", () => {
    const options = { mean: 10, standardDeviation: 2 };
    const normal = momentsOf(drawn(randomNormal(options), [1500]));
    const truncated = drawn(truncatedNormal(options), [1500]);
    // Five standard errors of 30,000: 5 · 2 / √30,000, and that over √2
    expect(Math.abs(normal.mean - 10)).toBeLessThan(0.058);
    expect(Math.abs(normal.standardDeviation - 2)).toBeLessThan(0.041);
    expect(Math.abs(momentsOf(truncated).mean - 10)).toBeLessThan(0.058);
    expect(Math.abs(momentsOf(truncated).standardDeviation - 2 * 0.87962566)).toBeLessThan(0.041);
    expect(Math.min(...truncated)).toBeGreaterThanOrEqual(6);
    expect(Math.max(...truncated)).toBeLessThanOrEqual(14);
  });

  it("follows from the stream alone", () => {
    for (const initializer of Object.values<Initializer>(initializers)) {
      const [first, second] = [1, 1].map((seed) => initializer([3, 2], new RandomStream(seed, "kernel")));
      expect(first).toEqual(second);
    }
  });

  it.each([
    [() => constantValue(NaN), "constantValue expects value to be a finite number, got NaN."],
    [() => constantValue(1e39), "constantValue expects value to be a finite number, got 1e+39."],
    [() => randomUniform({ minimum: NaN }), "randomUniform expects minimum to be a finite number, got NaN."],
    [
      () => randomUniform({ minimum: 1, maximum: 1 }),
      "randomUniform expects maximum to be a finite number above the minimum, 1, got 1.",
    ],
    [
      () => randomUniform({ minimum: 1 }),
      "randomUniform expects maximum to be a finite number above the minimum, 1, got 0.05.",
    ],
    [() => randomNormal({ mean: Infinity }), "randomNormal expects mean to be a finite number, got Infinity."],
    [
      () => randomNormal({ standardDeviation: 0 }),
      "randomNormal expects standardDeviation to be a finite number above 0, got 0.",
    ],
    [
      () => truncatedNormal({ standardDeviation: -1 }),
      "truncatedNormal expects standardDeviation to be a finite number above 0, got -1.",
    ],
    [
      () => randomNormal({ stddev: 1 } as object),
      'randomNormal has no option "stddev". Did you mean "mean"? Known: mean, standardDeviation.',
    ],
  ])("refuses what makes no sense: %o", (act, message) => {
    expect(act).toThrow(HyperparameterError);
    expect(act).toThrow(expect.objectContaining({ message }) as Error);
  });

  it("suggests a name for one that there is not", () => {
    expect(() => initialValues("Dense(2 → 3)'s kernel", "lecunNormal" as "zeros", [2, 3], new RandomStream(0))).toThrow(
      'There is no initializer "lecunNormal". Did you mean "leCunNormal"? Known: zeros, ones, randomUniform, ' +
        "randomNormal, truncatedNormal, glorotUniform, glorotNormal, heUniform, heNormal, leCunUniform, leCunNormal.",
    );
  });
});
