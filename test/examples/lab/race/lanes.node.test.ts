import type { Curve } from "rivulet";
import { describe, expect, it } from "vitest";
import { lanesOf } from "../../../../examples/lab/race/lanes.ts";
import { isHollow, lookOf } from "../../../../examples/lab/race/looks.ts";
import { batchSizes, momenta, state } from "../../../../examples/lab/race/state.ts";
import { taskOf } from "../../../../examples/lab/race/task.ts";

const curve: Curve = {
  epochs: [0, 1],
  steps: [0, 1],
  samples: [0, 256],
  seconds: [0, 0.1],
  trainingLoss: [1, 0.5],
  validationLoss: null,
};

describe("the lanes of a race", () => {
  const task = taskOf(state.value);

  it("are each batch size with each momentum, before anything is measured", () => {
    const lanes = lanesOf({ task, runs: [], live: undefined, comparison: undefined });
    expect(lanes.map(({ key }) => key)).toEqual(["full:0", "full:0.9", "32:0", "32:0.9", "1:0", "1:0.9"]);
    expect(lanes.every(({ runs, row }) => runs.length === 0 && row === undefined)).toBe(true);
  });

  it("have a run's curve as soon as it has ended", () => {
    const run = { batchSize: 32, momentum: 0.9, repeat: 0, status: "finished", reason: null, curve } as const;
    const lanes = lanesOf({ task, runs: [run], live: undefined, comparison: undefined });
    expect(lanes.find(({ key }) => key === "32:0.9")?.runs).toEqual([{ ...run, path: null }]);
    expect(lanes.filter(({ runs }) => runs.length > 0)).toHaveLength(1);
  });

  it("have the curve so far of a run that is on, behind those that have ended", () => {
    const run = { batchSize: 32, momentum: 0.9, repeat: 0, status: "finished", reason: null, curve } as const;
    const live = { batchSize: 32, momentum: 0.9, repeat: 1, curve };
    const lanes = lanesOf({ task, runs: [run], live, comparison: undefined });
    const own = lanes.find(({ key }) => key === "32:0.9")?.runs;
    expect(own?.map(({ repeat, status }) => [repeat, status])).toEqual([
      [0, "finished"],
      [1, undefined],
    ]);
  });

  it("are batch sizes alone for a rule without momentum", () => {
    const lanes = lanesOf({ task: { ...task, momenta: null }, runs: [], live: undefined, comparison: undefined });
    expect(lanes.map(({ key }) => key)).toEqual(["full:", "32:", "1:"]);
  });
});

describe("the looks of regimes", () => {
  const sizes = batchSizes.map((size) => (size === "full" ? size : Number(size)));

  it("are told apart without colour: by the mark of a batch size and the dashes of a momentum", () => {
    const seen = sizes.flatMap((size) =>
      momenta.map((momentum) => {
        const { shape, dashes } = lookOf(size, Number(momentum));
        return `${shape} ${dashes.join()}`;
      }),
    );
    expect(new Set(seen).size).toBe(sizes.length * momenta.length);
  });

  it("are hollow with momentum", () => {
    expect([null, 0, 0.5].map(isHollow)).toEqual([false, false, true]);
  });
});
