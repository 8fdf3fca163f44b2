import { compareRegimes, meanSquaredError, Sequential, type ComparisonProgress } from "rivulet";
import { Dense } from "rivulet/layers";
import { describe, expect, it } from "vitest";
import { expectClose } from "../../support/expect-close.ts";
import { x, y } from "./linear-descent.ts";

const short = {
  batchSizes: [5, "full"],
  learningRates: [0.1],
  repeats: 2,
  budget: { unit: "epochs", amount: 3 },
} as const;
const points = [[0], [1], [2], [3]];
const targets = [[1], [3], [5], [8]];

describe("the slice of a model with two weights", () => {
  it("is the loss over both, and every run has its path there", async () => {
    const options = { ...short, learningRates: [0.05], momenta: [0], sliceResolution: 3 };
    const { slice, runs } = await compareRegimes({ x: points, y: targets, layers: [] }, options);
    expect(slice).toMatchObject({
      kind: "parameters",
      axes: ["dense_1/kernel", "dense_1/bias"],
      origin: [0, 0],
      directions: [
        [1, 0],
        [0, 1],
      ],
      explained: null,
    });
    const lossAt = (w: number, b: number) =>
      points.reduce((sum, [a = NaN], index) => sum + (w * a + b - (targets[index]?.[0] ?? NaN)) ** 2, 0) / 4;
    const expected = slice?.y.map((b) => slice.x.map((w) => lossAt(w, b))) ?? [];
    // 1e-5: float32, and losses of up to some hundreds.
    await expectClose(slice?.losses.map((row) => row.map((loss) => loss ?? NaN)) ?? [], expected, 1e-5);
    for (const { path, curve } of runs) {
      const losses = path?.x.map((w, index) => lossAt(w, path.y[index] ?? NaN)) ?? [];
      await expectClose(
        losses,
        curve.trainingLoss.map((loss) => loss ?? NaN),
        1e-5,
      );
    }
    const all = runs.flatMap(({ path }) => path?.x ?? []);
    expect(slice?.x[0]).toBeLessThan(Math.min(...all));
    expect(slice?.x[2]).toBeGreaterThan(Math.max(...all));
  });
});

describe("the slice of a larger model", () => {
  it("is a plane through the best end of the first repeat, across the paths", async () => {
    const { slice, runs } = await compareRegimes(
      { x, y, layers: [] },
      { ...short, momenta: [0, 0.9], sliceResolution: 2 },
    );
    expect(slice?.kind).toBe("principal");
    const [first = [], second = []] = slice?.directions ?? [];
    const dot = (u: readonly number[], v: readonly number[]) =>
      u.reduce((sum, value, index) => sum + value * (v[index] ?? NaN), 0);
    // 1e-9: float64, of three numbers.
    await expectClose([dot(first, first), dot(second, second), dot(first, second)], [1, 1, 0], 1e-9);
    const [share1 = NaN, share2 = NaN] = slice?.explained ?? [];
    expect(share1).toBeGreaterThanOrEqual(share2);
    expect(share1 + share2).toBeLessThanOrEqual(1 + 1e-9);
    expect(runs.map(({ path, repeat }) => [repeat, path === null])).toEqual(
      runs.map(({ repeat }) => [repeat, repeat !== 0]),
    );
    const [best] = runs
      .filter(({ repeat }) => repeat === 0)
      .toSorted((a, b) => (a.measured.trainingLoss ?? NaN) - (b.measured.trainingLoss ?? NaN));
    await expectClose([best?.path?.x.at(-1) ?? NaN, best?.path?.y.at(-1) ?? NaN], [0, 0], 1e-6);
  });

  it("has the loss that the model has there", async () => {
    const { slice } = await compareRegimes({ x, y, layers: [] }, { ...short, momenta: [0], sliceResolution: 2 });
    const [a = NaN, b = NaN] = [slice?.x[1], slice?.y[0]];
    const weights = slice?.origin.map((value, index) => {
      return value + a * (slice.directions[0][index] ?? NaN) + b * (slice.directions[1][index] ?? NaN);
    });
    using model = new Sequential([new Dense({ units: 1 })], { inputShape: [2] });
    model.setWeights([weights?.slice(0, 2).map((weight) => [weight]) ?? [], weights?.slice(2) ?? []]);
    const { loss } = await model.evaluate(x, y, { loss: meanSquaredError });
    await expectClose(slice?.losses[0]?.[1] ?? NaN, loss ?? NaN, 1e-5);
  });

  it("is not there where nobody asks for it, or no run is well", async () => {
    const none = await compareRegimes({ x, y, layers: [] }, { ...short, sliceResolution: 0 });
    expect(none.slice).toBeNull();
    const wild = await compareRegimes({ x, y, layers: [] }, { ...short, learningRates: [1e30] });
    expect(wild.slice).toBeNull();
  });
});

describe("the progress of a slice", () => {
  it("follows that of the runs, from nothing to all, and comes also where they were interrupted", async () => {
    const controller = new AbortController();
    const told: ComparisonProgress[] = [];
    const { slice, isComplete } = await compareRegimes(
      { x, y, layers: [] },
      {
        ...short,
        momenta: [0],
        sliceResolution: 3,
        signal: controller.signal,
        onPoint: ({ repeat }) => {
          if (repeat === 1) controller.abort();
        },
        onProgress: (progress) => told.push(progress),
      },
    );
    expect([slice === null, isComplete]).toEqual([false, false]);
    const phases = told.map(({ phase }) => phase);
    expect(phases).toEqual(phases.toSorted());
    const shares = told.filter(({ phase }) => phase === "slice").map(({ share }) => share);
    expect([shares[0], shares.at(-1)]).toEqual([0, 1]);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    const last = { phase: "slice", share: 1, secondsLeft: 0, running: "the loss around the paths" };
    // Of four runs the second repeat's first was cut short, and its other one never began.
    expect(told.at(-1)).toEqual({ ...last, done: 3, total: 4 });
  });
});
