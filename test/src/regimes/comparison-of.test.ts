import { compareRegimes, type CompareRegimesOptions, type RegimeComparison } from "rivulet";
import { describe, expect, it } from "vitest";
import { runJob } from "../../../src/regimes/run-job.ts";
import { x, y } from "./linear-descent.ts";

const options = {
  layers: [],
  learningRates: [0.1],
  batchSizes: [5, 2],
  momenta: [0],
  repeats: 2,
  seed: 3,
  sliceResolution: 2,
  budget: { unit: "epochs", amount: 2 },
} as const;

/** The comparison as it stood at the end of each run, and in the end. */
async function comparisons(more: CompareRegimesOptions = {}) {
  const soFar: RegimeComparison[] = [];
  const onRunEnd = async (put: () => Promise<RegimeComparison>) => soFar.push(await put());
  const whole = await compareRegimes({ x, y }, { ...options, ...more, onRunEnd });
  return { soFar, whole };
}

const statusesOf = ({ runs }: RegimeComparison) => runs.map(({ status }) => status);

describe("a comparison as it stands when a run has ended", () => {
  it("has the runs that have ended, and says what is missing", async () => {
    const { soFar, whole } = await comparisons();
    expect(soFar.map(statusesOf)).toEqual([
      ["finished", "stopped", "stopped", "stopped"],
      ["finished", "stopped", "finished", "stopped"],
      // In the second repeat the other one goes first.
      ["finished", "stopped", "finished", "finished"],
      ["finished", "finished", "finished", "finished"],
    ]);
    expect(soFar.map(({ isComplete }) => isComplete)).toEqual([false, false, false, false]);
    expect(soFar.map(({ whyIncomplete }) => whyIncomplete)).toEqual([
      "It was not over when this was written. 3 of 4 runs are missing or cut short.",
      "It was not over when this was written. 2 of 4 runs are missing or cut short.",
      "It was not over when this was written. 1 of 4 runs are missing or cut short.",
      "It was not over when this was written. The loss around the paths is missing.",
    ]);
    expect(soFar[0]?.runs[1]?.reason).toBe("It had not ended when this was written.");
    expect(soFar[2]?.runs[0]).toEqual({ ...whole.runs[0], path: null, measured: soFar[2]?.runs[0]?.measured });
    expect(whole.isComplete).toBe(true);
    expect(whole.slice).not.toBeNull();
    expect(whole.runs[0]?.path).not.toBeNull();
  });

  it("is else what it is in the end, as plain data", async () => {
    const { soFar, whole } = await comparisons({ targetLoss: 0.1 });
    const last = soFar.at(-1);
    expect(JSON.parse(JSON.stringify(last))).toEqual(last);
    const runs = whole.runs.map((run) => ({ ...run, path: null }));
    const { whyIncomplete, wallSeconds } = last ?? {};
    expect(last).toEqual({ ...whole, runs, slice: null, isComplete: false, whyIncomplete, wallSeconds });
  });

  it("keeps the next run waiting", async () => {
    let isBusy = false;
    const onRunEnd = async () => {
      isBusy = true;
      await new Promise((resolve) => void setTimeout(resolve, 5));
      isBusy = false;
    };
    const begun: boolean[] = [];
    await compareRegimes(
      { x, y },
      {
        ...options,
        onRunEnd,
        runJob: async (job, hooks) => {
          begun.push(isBusy);
          return runJob(job, hooks);
        },
      },
    );
    expect(begun).toEqual([false, false, false, false]);
  });

  it("is told of runs that are cut short, and not of the search for learning rates", async () => {
    const controller = new AbortController();
    const { soFar, whole } = await comparisons({
      learningRates: [0.01, 0.1],
      fairLearningRates: true,
      signal: controller.signal,
      onPoint: ({ regime, steps }) => {
        if (regime === 1 && steps === 2) controller.abort();
      },
    });
    expect(soFar.map(statusesOf)).toEqual([
      ["finished", "stopped", "stopped", "stopped"],
      ["finished", "stopped", "stopped", "stopped"],
    ]);
    expect(soFar[1]?.runs[2]?.curve.steps).toEqual([0, 1, 2]);
    expect(soFar[1]?.learningRateSweeps).toEqual(whole.learningRateSweeps);
    expect(whole.whyIncomplete).toBe("It was interrupted: 3 of 4 runs are missing or cut short.");
  });

  it("ends with what its listener throws", async () => {
    const failing = compareRegimes(
      { x, y },
      {
        ...options,
        onRunEnd() {
          throw new RangeError("The disk is full.");
        },
      },
    );
    await expect(failing).rejects.toThrow(new RangeError("The disk is full."));
  });
});
