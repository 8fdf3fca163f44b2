/**
 * What the texts say of batch, mini-batch and stochastic descent, in counts that no machine's speed can change.
 */
import { builtInProblem, compareRegimes, problemNames, type RegimeComparison } from "rivulet";
import { describe, expect, it } from "vitest";

const lossOf = ({ regimes }: RegimeComparison, label: string) =>
  regimes.find((regime) => regime.label === label)?.measured.trainingLoss?.median ?? NaN;

describe("what the texts say", () => {
  it("mini-batches end below full batches for the same number of samples", async () => {
    const problem = await builtInProblem("sine");
    const options = { batchSizes: ["full", 32, 8], repeats: 2, sliceResolution: 0 } as const;
    const comparison = await compareRegimes(problem, { ...options, budget: { unit: "samples", amount: 256 * 20 } });
    for (const momentum of ["no momentum", "momentum 0.9"]) {
      const full = lossOf(comparison, `full batch, ${momentum}`);
      expect(lossOf(comparison, `batch 32, ${momentum}`)).toBeLessThan(0.8 * full);
      expect(lossOf(comparison, `batch 8, ${momentum}`)).toBeLessThan(0.4 * full);
    }
    expect(comparison.runs.map(({ measured }) => measured.samples)).toEqual(comparison.runs.map(() => 256 * 20));
  });

  it("full-batch gradients repeat exactly, those of single samples spread most", async () => {
    const problem = await builtInProblem("sine");
    const options = { batchSizes: ["full", 128, 32, 8, 1], momenta: [0], repeats: 1, sliceResolution: 0 } as const;
    const { regimes } = await compareRegimes(problem, { ...options, budget: { unit: "steps", amount: 2 } });
    const noise = regimes.map(({ measured }) => measured.noiseAtStart?.median ?? NaN);
    expect(noise[0]).toBe(0);
    expect(noise).toEqual(noise.toSorted((a, b) => a - b));
    // As 1/√B: √8 = 2.8 from one to eight samples, to within what 64 batches know.
    expect((noise[4] ?? NaN) / (noise[3] ?? NaN)).toBeGreaterThan(2);
  });

  it("momentum cuts the steps to the target at least threefold where the loss is a narrow valley", async () => {
    const problem = await builtInProblem("ill-conditioned");
    const options = { batchSizes: ["full", 32], repeats: 2, sliceResolution: 0 } as const;
    const { regimes } = await compareRegimes(problem, { ...options, budget: { unit: "steps", amount: 2000 } });
    const steps = regimes.map(({ measured }) => measured.stepsToTarget?.median ?? NaN);
    const [full = NaN, fullWithMomentum = NaN, some = NaN, someWithMomentum = NaN] = steps;
    expect(full / fullWithMomentum).toBeGreaterThan(3);
    expect(some / someWithMomentum).toBeGreaterThan(3);
  });

  it.each(problemNames)("%s is learnt by mini-batches at its own rate", async (name) => {
    const problem = await builtInProblem(name);
    const options = { batchSizes: [32], momenta: [0.9], repeats: 1, sliceResolution: 0 } as const;
    const { regimes, target } = await compareRegimes(problem, options);
    expect(target.from).toBe("problem");
    expect(regimes[0]?.measured.stepsToTarget?.count).toBe(1);
  });
});

describe("the columns that a seed decides", () => {
  it("are these, on every backend of Node", async () => {
    const problem = await builtInProblem("sine");
    const options = { batchSizes: ["full", 32, 8], momenta: [0.9], repeats: 2, seed: 42, sliceResolution: 0 } as const;
    const { regimes } = await compareRegimes(problem, { ...options, budget: { unit: "epochs", amount: 20 } });
    const counted = regimes.map(({ measured }) => ({
      steps: measured.steps?.median,
      stepsToTarget: measured.stepsToTarget?.median ?? null,
      epochsToTarget: measured.epochsToTarget?.median ?? null,
    }));
    // Recorded from this library: what is held is that they do not change. The losses behind them are checked elsewhere.
    expect(counted).toEqual([
      { steps: 20, stepsToTarget: null, epochsToTarget: null },
      { steps: 160, stepsToTarget: 59, epochsToTarget: 7.375 },
      { steps: 640, stepsToTarget: 70, epochsToTarget: 2.1875 },
    ]);
  });
});
