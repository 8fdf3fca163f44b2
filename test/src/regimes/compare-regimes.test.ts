import * as tf from "@tensorflow/tfjs-core";
import {
  compareRegimes,
  Sequential,
  type CompareRegimesOptions,
  type JobOutcome,
  type RegimeComparison,
  type RunJob,
  type RunPoint,
} from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { runJob } from "../../../src/regimes/run-job.ts";
import { expectClose } from "../../support/expect-close.ts";
import { descendByHand, x, y } from "./linear-descent.ts";

/** A linear model, and as little else as can be. */
const linear = { layers: [], learningRates: [0.1], repeats: 1, sliceResolution: 0, seed: 3 } as const;

const compare = (options: CompareRegimesOptions) => compareRegimes({ x, y }, { ...linear, ...options });

/** The losses of each run, in order. */
const lossesOf = ({ runs }: RegimeComparison) => runs.map(({ curve }) => curve.trainingLoss.map((loss) => loss ?? NaN));

describe("compareRegimes", () => {
  it.each([
    ["full" as const, 10],
    [4, 4],
    [1, 1],
  ])(
    "trains batches of %s as a loop on paper does, from the seed's weights in the seed's order",
    async (asked, size) => {
      const [momenta, epochs] = [[0, 0.9], 3];
      const comparison = await compare({ batchSizes: [asked], momenta, budget: { unit: "epochs", amount: epochs } });
      for (const [index, momentum] of momenta.entries()) {
        const byHand = await descendByHand({ seed: 3, batchSize: size, momentum, learningRate: 0.1, epochs });
        const { steps, trainingLoss } = comparison.runs[index]?.curve ?? { steps: [], trainingLoss: [] };
        expect(steps).toEqual(byHand.map((_, step) => step));
        // 1e-5: float32 beside float64, over 30 steps; on WebGL sums round otherwise once more.
        await expectClose(
          trainingLoss.map((loss) => loss ?? NaN),
          byHand,
          1e-5,
        );
      }
    },
  );

  it("starts the regimes of one repeat from the same weights, those of another from others", async () => {
    const comparison = await compare({
      batchSizes: ["full", 3],
      momenta: [0],
      repeats: 2,
      budget: { unit: "steps", amount: 1 },
    });
    const [full0, full1, some0, some1] = lossesOf(comparison).map(([first]) => first);
    expect(some0).toBe(full0);
    expect(some1).toBe(full1);
    expect(full1).not.toBe(full0);
    expect(comparison.seeds).toEqual([3, 4]);
  });

  it("trains as fit does, to the last bit", async () => {
    const comparison = await compare({ batchSizes: [4], momenta: [0.9], budget: { unit: "epochs", amount: 2 } });
    using model = new Sequential([new Dense({ units: 1 })], { inputShape: [2], seed: 3 });
    using optimizer = new SGD({ learningRate: 0.1, momentum: 0.9 });
    await model.fit(x, y, { loss: "meanSquaredError", optimizer, batchSize: 4, epochs: 2, verbose: 0 });
    const { loss } = await model.evaluate(x, y, { loss: "meanSquaredError" });
    expect(comparison.runs[0]?.curve.trainingLoss.at(-1)).toBe(loss);
  });

  it.each([
    [{ unit: "epochs", amount: 2 } as const, [2, 6], [20, 20]],
    [{ unit: "steps", amount: 4 } as const, [4, 4], [40, 14]],
    [{ unit: "samples", amount: 12 } as const, [2, 4], [20, 14]],
  ])("gives each regime %o", async (budget, steps, samples) => {
    const { runs } = await compare({ batchSizes: ["full", 4], momenta: [0], budget });
    expect(runs.map(({ measured }) => measured.steps)).toEqual(steps);
    expect(runs.map(({ measured }) => measured.samples)).toEqual(samples);
    expect(runs.map(({ measured }) => measured.epochs)).toEqual(samples.map((count) => count / 10));
    expect(runs.map(({ status }) => status)).toEqual(["finished", "finished"]);
  });

  it("gives each regime seconds of training, within a step of them", async () => {
    const { runs } = await compare({ batchSizes: [5], momenta: [0], budget: { unit: "seconds", amount: 0.05 } });
    expect(runs[0]?.status).toBe("finished");
    expect(runs[0]?.measured.seconds).toBeGreaterThan(0.05);
    expect(runs[0]?.measured.steps).toBeGreaterThan(0);
  });

  it("counts steps, epochs and samples to the target, and leaves out what missed it", async () => {
    const options = { batchSizes: ["full", 1], momenta: [0], budget: { unit: "epochs", amount: 2 } } as const;
    const byHand = await descendByHand({ seed: 3, batchSize: 1, momentum: 0, learningRate: 0.1, epochs: 2 });
    const targetLoss = ((byHand[10] ?? NaN) + (byHand[11] ?? NaN)) / 2;
    const reached = byHand.findIndex((loss) => loss <= targetLoss);
    const { regimes, target } = await compare({ ...options, targetLoss });
    expect(target).toEqual({ loss: targetLoss, from: "asked" });
    expect(regimes[0]?.measured.stepsToTarget).toEqual({
      median: null,
      lower: null,
      upper: null,
      least: null,
      largest: null,
      count: 0,
    });
    expect(regimes[1]?.measured.stepsToTarget?.median).toBe(reached);
    expect(regimes[1]?.measured.epochsToTarget?.median).toBe(reached / 10);
    expect(regimes[1]?.measured.samplesToTarget?.median).toBe(reached);
  });

  it("is plain data, that JSON holds as it is", async () => {
    const comparison = await compare({
      batchSizes: [5],
      momenta: [0],
      sliceResolution: 2,
      budget: { unit: "epochs", amount: 3 },
    });
    expect(JSON.parse(JSON.stringify(comparison))).toEqual(comparison);
    expect(comparison.network).toEqual({
      layers: [2, 1],
      activation: "tanh",
      loss: "meanSquaredError",
      parameters: 3,
    });
    expect(comparison.backends[0]?.name).toBe(tf.getBackend());
    expect(comparison.secondsAreComparable).toBe(true);
    expect(comparison.isComplete).toBe(true);
  });

  it("measures validation samples too", async () => {
    const comparison = await compareRegimes(
      { x, y, validation: [x.slice(0, 4), y.slice(0, 4)] },
      { ...linear, batchSizes: [5], momenta: [0], budget: { unit: "steps", amount: 1 } },
    );
    using model = new Sequential([new Dense({ units: 1 })], { inputShape: [2], seed: 3 });
    const { loss } = await model.evaluate(x.slice(0, 4), y.slice(0, 4), { loss: "meanSquaredError" });
    expect(comparison.runs[0]?.curve.validationLoss?.[0]).toBe(loss);
    expect(comparison.problem.validationSamples).toBe(4);
  });

  it("gives each regime its own best rate of a search, and says what was tried", async () => {
    const options = { batchSizes: ["full", 1], momenta: [0], fairLearningRates: true } as const;
    const comparison = await compare({
      ...options,
      learningRates: [0.001, 0.1, 1e4],
      budget: { unit: "epochs", amount: 8 },
    });
    const [full, one] = comparison.learningRateSweeps ?? [];
    expect(full?.budget).toEqual({ unit: "epochs", amount: 2 });
    const byHand = await Promise.all(
      [0.001, 0.1].map(async (learningRate) =>
        descendByHand({ seed: 3, batchSize: 10, momentum: 0, learningRate, epochs: 2 }),
      ),
    );
    // 1e-5: float32 beside float64.
    await expectClose(
      full?.tried.slice(0, 2).map(({ loss }) => loss ?? NaN) ?? [],
      byHand.map((losses) => losses.at(-1) ?? NaN),
      1e-5,
    );
    expect(full?.chosen).toBe(0.1);
    expect(one?.tried.at(-1)).toEqual({ learningRate: 1e4, loss: null });
    expect(comparison.regimes.map(({ learningRate }) => learningRate)).toEqual([0.1, one?.chosen]);
  });
});

describe("the points of a run", () => {
  it("are told as they are measured, and are those of its curve", async () => {
    const points: RunPoint[] = [];
    const told: number[] = [];
    const comparison = await compareRegimes(
      { x, y, validation: [x.slice(0, 4), y.slice(0, 4)] },
      {
        ...linear,
        batchSizes: ["full", 4],
        momenta: [0],
        repeats: 2,
        budget: { unit: "epochs", amount: 2 },
        onPoint: (point) => points.push(point),
        onProgress: () => told.push(points.length),
      },
    );
    for (const { regime, repeat, curve } of comparison.runs) {
      const own = points.filter((point) => point.regime === regime && point.repeat === repeat);
      const column = (name: keyof RunPoint) => own.map((point) => point[name]);
      for (const name of ["epochs", "steps", "samples", "trainingLoss", "validationLoss"] as const) {
        expect(column(name)).toEqual(curve[name]);
      }
      // What a step took is known by then.
      expect(own.at(-1)?.seconds).toBe(curve.seconds.at(-1));
    }
    expect(points[0]).toMatchObject({ epochs: 0, steps: 0, samples: 0, seconds: 0 });
    // Not all at once in the end: progress follows each of them.
    expect(told).toEqual(expect.arrayContaining(points.map((_, index) => index + 1)));
  });

  it("are told up to the one that is not finite", async () => {
    const points: RunPoint[] = [];
    const onPoint = (point: RunPoint) => points.push(point);
    const options = { batchSizes: [5], momenta: [0], learningRates: [1e30], onPoint } as const;
    const { runs } = await compare({ ...options, budget: { unit: "epochs", amount: 2 } });
    expect(points.map(({ trainingLoss }) => trainingLoss)).toEqual(runs[0]?.curve.trainingLoss);
    expect(points.at(-1)?.trainingLoss).toBeNull();
    expect(points.at(-1)?.validationLoss).toBeNull();
  });

  it("are not those of the search for learning rates", async () => {
    const points: RunPoint[] = [];
    const { runs } = await compare({
      batchSizes: [5],
      momenta: [0],
      learningRates: [0.01, 0.1],
      fairLearningRates: true,
      budget: { unit: "epochs", amount: 4 },
      onPoint: (point) => points.push(point),
    });
    expect(points.map(({ steps }) => steps)).toEqual(runs[0]?.curve.steps);
  });

  it("are the curve of one that died", async () => {
    const dying: RunJob = async (job, hooks) => {
      await runJob(job, hooks);
      throw new Error("The process that ran it died.");
    };
    const options = { batchSizes: [5], momenta: [0], budget: { unit: "epochs", amount: 2 } } as const;
    const whole = await compare(options);
    const part = await compare({ ...options, runJob: dying });
    expect(part.runs[0]?.status).toBe("failed");
    expect(lossesOf(part)).toEqual(lossesOf(whole));
    expect(part.runs[0]?.curve).toMatchObject({ steps: [0, 1, 2, 3, 4], samples: [0, 5, 10, 15, 20] });
    const seconds = part.runs[0]?.curve.seconds ?? [];
    expect(seconds).toEqual(seconds.toSorted((a, b) => a - b));
  });
});

describe("a comparison in which something goes wrong", () => {
  const options = { batchSizes: [5, 2], momenta: [0], repeats: 2, budget: { unit: "epochs", amount: 2 } } as const;

  it("has a row that says so for a rate that diverges", async () => {
    const { regimes, runs } = await compare({
      batchSizes: [5],
      momenta: [0],
      learningRates: [0.1, 1e30],
      budget: options.budget,
    });
    expect(regimes.map(({ counts }) => counts)).toEqual([
      { finished: 1, diverged: 0, failed: 0, stopped: 0 },
      { finished: 0, diverged: 1, failed: 0, stopped: 0 },
    ]);
    expect(regimes[1]?.label).toBe("batch 5, rate 1e+30");
    expect(regimes[1]?.reason).toMatch(/^The loss became (NaN|Infinity) /);
    expect(regimes[1]?.measured.trainingLoss).toBeNull();
    expect(runs[1]?.measured.trainingLoss).toBeNull();
  });

  it("has a failed run for a job that nobody could do, and goes on", async () => {
    let jobs = 0;
    const dying: RunJob = async (job, hooks) => {
      if (++jobs === 2) throw new Error("The process that ran it died.");
      return runJob(job, hooks);
    };
    const { regimes, runs } = await compare({ ...options, runJob: dying });
    expect(runs.map(({ status }) => status)).toEqual(["finished", "finished", "failed", "finished"]);
    expect(regimes[1]?.reason).toBe("The process that ran it died.");
    expect(regimes[1]?.counts).toEqual({ finished: 1, diverged: 0, failed: 1, stopped: 0 });
    expect(regimes[1]?.measured.trainingLoss?.count).toBe(1);
  });

  it("ends early where the signal aborts, with what was measured so far", async () => {
    const controller = new AbortController();
    const onProgress = ({ done, share }: { done: number; share: number }) => {
      if (done === 1 && share > 0.25) controller.abort();
    };
    const comparison = await compare({ ...options, signal: controller.signal, onProgress });
    const statuses = comparison.runs.map(({ status }) => status);
    expect(statuses.filter((status) => status === "finished")).toHaveLength(1);
    expect(comparison.isComplete).toBe(false);
    expect(comparison.whyIncomplete).toBe("It was interrupted: 3 of 4 runs are missing or cut short.");
    expect(comparison.regimes[0]?.measured.trainingLoss?.median).toBe(comparison.runs[0]?.measured.trainingLoss);
  });

  it("measures what a run had come to that was cut short between two points of its curve", async () => {
    const controller = new AbortController();
    // Asked for in each step, the first being step 0; the warm-up sets a rate of its own.
    const learningRate = (step: number) => {
      if (step === 5) controller.abort();
      return 0.1;
    };
    const { runs } = await compare({
      batchSizes: [4],
      momenta: [0],
      optimizer: () => new SGD({ learningRate }),
      budget: { unit: "epochs", amount: 1e6 },
      signal: controller.signal,
    });
    const [run] = runs;
    const byHand = await descendByHand({ seed: 3, batchSize: 4, momentum: 0, learningRate: 0.1, epochs: 2 });
    expect(run?.status).toBe("stopped");
    // The step in which it was interrupted was the sixth.
    expect(run?.curve.steps).toEqual([0, 6]);
    // 1e-5: float32 beside float64.
    await expectClose(
      run?.curve.trainingLoss.map((loss) => loss ?? NaN) ?? [],
      [byHand[0], byHand[6]].map(Number),
      1e-5,
    );
  });

  it("marks seconds that cannot be compared", async () => {
    const comparison = await compare({ ...options, runJob, workers: 2 });
    expect(comparison.secondsAreComparable).toBe(false);
    expect(comparison.whySecondsAreNot).toBe("2 jobs ran at a time and slowed each other down. Compare steps.");
    expect(comparison.isComplete).toBe(true);
  });
});

describe("the jobs of a comparison", () => {
  it("take turns, one at a time, and each tells how far it is", async () => {
    const begun: string[] = [];
    let running = 0;
    const watched: RunJob = async ({ regime, seed }, hooks): Promise<JobOutcome> => {
      expect(++running).toBe(1);
      begun.push(`${regime.batchSize} ${seed}`);
      hooks.onProgress?.(0.5);
      await Promise.resolve();
      running--;
      throw new Error("It was only watched.");
    };
    const told: number[] = [];
    await compare({
      batchSizes: ["full", 5, 1],
      momenta: [0],
      repeats: 2,
      runJob: watched,
      onProgress: ({ phase, done, total, share, secondsLeft }) => {
        expect(phase).toBe("runs");
        expect(total).toBe(6);
        expect(secondsLeft).toBeGreaterThanOrEqual(0);
        told.push(done, share);
      },
    });
    expect(begun).toEqual(["full 3", "5 3", "1 3", "5 4", "1 4", "full 4"]);
    expect(told.slice(-2)).toEqual([6, 1]);
  });
});
