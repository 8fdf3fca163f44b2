import { describe, expect, it } from "vitest";
import { readFormula } from "../../../../examples/lab/descent/formula/function.ts";
import { presets, type DescentFunction, type PresetName } from "../../../../examples/lab/descent/functions.ts";
import { descend, type Stop } from "../../../../examples/lab/descent/path.ts";
import { ruleNames, type RuleName } from "../../../../examples/lab/descent/rules.ts";
import { expectRelative } from "../../worked/expect-relative.ts";

interface Way {
  readonly start?: readonly [number, number];
  readonly rate?: number;
  readonly momentum?: number;
  readonly rule?: RuleName;
}

/** A descent on a preset, from where it starts if nothing else is said. */
async function way(name: PresetName, steps: number, { start, rule = "sgd", ...rates }: Way = {}) {
  const { setting, ...f } = presets[name];
  const path = await descend({ f, start: start ?? [setting.x, setting.y], rule, steps, ...setting, ...rates });
  if (path === undefined) throw new Error("Nobody aborted this descent.");
  return path;
}

const numbersOf = ({ point, gradient, value }: Stop) => [...point, ...gradient, value];

describe("W1, the parabola", () => {
  it.each([
    [1, 1, [-2], 3],
    [1, 2.5, [1], 1.5],
    [0.1, 1, [-2], 1.2],
    [0.1, 2.5, [1], 2.4],
  ])("one step with η = %d from %d has the gradient %j and leads to %d", async (rate, x, slope, led) => {
    const { stops } = await way("parabola", 1, { rate, start: [x, 0] });
    expectRelative(stops[0]?.gradient ?? [], slope);
    expectRelative(stops[1]?.point ?? [], [led]);
  });

  it("comes near 2 in 100 steps, and within 0.001 in 31", async () => {
    const { stops } = await way("parabola", 100);
    // Float32 rounds a hundred times over.
    expectRelative(stops[100]?.point ?? [], [1.9999999997962963], 1e-5);
    expect(stops.findIndex(({ point: [x = NaN] }) => Math.abs(x - 2) <= 0.001)).toBe(31);
  });

  it("bounces with η = 1, and runs away with η = 1.1 after 76 steps", async () => {
    const bouncing = await way("parabola", 10, { rate: 1 });
    expect(bouncing.stops.map(({ point: [x] }) => x)).toEqual([1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]);
    const away = await way("parabola", 100, { rate: 1.1 });
    expect(away).toMatchObject({ ending: "ranAway" });
    expect(away.stops.at(-1)?.step).toBe(76);
  });

  it("says that a run has gone too far also where it ends in what is no number", async () => {
    const { stops, ending } = await way("parabola", 1000, { rate: 9 });
    expect(ending).toBe("ranAway");
    expect(Math.abs(stops.at(-2)?.point[0] ?? NaN)).toBeLessThanOrEqual(1e6);
  });
});

describe("W2, the chain", () => {
  it("descends from X = 2 as the text has it", async () => {
    const { stops } = await way("chain", 99);
    const xs = [0, 1, 2, 99].map((step) => stops[step]?.point[0] ?? NaN);
    expectRelative(xs.slice(0, 3), [2, 2.0039794344777215, 2.0077505477557773]);
    // Float32 rounds a hundred times over.
    expectRelative(xs[3] ?? NaN, 2.079562000066275, 1e-5);
  });

  it("ends where the logarithm is below 0 and has no root", async () => {
    const { stops, ending } = await way("chain", 20, { start: [-0.5, 0] });
    expect(stops).toHaveLength(1);
    expect(ending).toBe("undefined");
  });
});

describe("W8, the two valleys", () => {
  it.each<[RuleName, "shallow" | "deep"]>([
    ["sgd", "shallow"],
    ["momentum", "deep"],
    ["nesterov", "deep"],
  ])("%s comes to rest in the %s one", async (rule, valley) => {
    const { stops } = await way("valleys", 400, { rule });
    expectRelative(stops.at(-1)?.point ?? [], [valley === "deep" ? -1.0357 : 0.9603], 1e-3);
  });
});

describe("W11, the bowl", () => {
  it("goes down the table", async () => {
    const { stops } = await way("bowl", 3);
    expectRelative(stops.map(numbersOf), [
      [3, 2, 6, 4, 13],
      [2.4, 1.6, 4.8, 3.2, 8.32],
      [1.92, 1.28, 3.84, 2.56, 5.3248],
      [1.536, 1.024, 3.072, 2.048, 3.407872],
    ]);
  });
});

describe("the saddle", () => {
  it("is left for a bottom beside it", async () => {
    const { stops } = await way("saddle", 400);
    expectRelative(stops.at(-1)?.point[1] ?? NaN, Math.SQRT2, 1e-4);
  });
});

describe("every rule", () => {
  it.each(ruleNames)("%s comes down the bowl", async (rule) => {
    const { stops, ending } = await way("bowl", 300, { rule });
    expect(ending).toBeUndefined();
    expect(stops).toHaveLength(301);
    expect(stops.at(-1)?.value).toBeLessThan(2);
  });

  it("has a path also without momentum", async () => {
    const plain = await way("bowl", 5);
    expect(await way("bowl", 5, { rule: "nesterov", momentum: 0 })).toEqual(plain);
    expect(await way("bowl", 5, { rule: "momentum", momentum: 0 })).toEqual(plain);
  });
});

describe("a descent that nobody waits for", () => {
  it("ends, and leaves nothing behind", async () => {
    const { setting, ...f } = presets.bowl;
    const controller = new AbortController();
    let evaluations = 0;
    const counted: DescentFunction = {
      ...f,
      evaluate: (x, y) => {
        evaluations++;
        if (evaluations === 5) controller.abort();
        return f.evaluate(x, y);
      },
    };
    const path = descend({ f: counted, start: [3, 2], rule: "adam", steps: 100, ...setting }, controller.signal);
    expect(await path).toBeUndefined();
    expect(evaluations).toBe(5);
  });
});

describe("a formula's descent", () => {
  it("is the preset's, number for number", async () => {
    const read = readFormula("x^2 + y^2");
    if (!("f" in read)) throw new Error("The bowl is a formula.");
    const path = await descend({ f: read.f, start: [3, 2], rule: "sgd", steps: 20, rate: 0.1, momentum: 0 });
    expectRelative(path?.stops.map(numbersOf) ?? [], (await way("bowl", 20)).stops.map(numbersOf));
  });
});
