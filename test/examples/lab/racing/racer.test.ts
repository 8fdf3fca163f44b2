import * as tf from "@tensorflow/tfjs-core";
import { builtInProblem, compareRegimes, type RegimeComparison } from "rivulet";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import type { RaceEvent } from "../../../../examples/lab/racing/messages.ts";
import { Racer } from "../../../../examples/lab/racing/racer.ts";
import { optionsOf, type RaceTask } from "../../../../examples/lab/racing/task.ts";

/** Two weights and few steps: a step in software takes long on some backends. */
function small(changes: Partial<RaceTask> = {}): RaceTask {
  return {
    problem: "ill-conditioned",
    layers: [],
    activation: "tanh",
    optimizer: "sgd",
    learningRate: 0.02,
    batchSizes: ["full", 128],
    momenta: [0, 0.9],
    epochs: 2,
    seed: 42,
    repeats: 1,
    backend: inject("backend"),
    ...changes,
  };
}

let events: RaceEvent[] = [];
let racer: Racer;
let hear: (event: RaceEvent) => void = () => {};

beforeEach(() => {
  events = [];
  hear = () => {};
  racer = new Racer((event) => {
    events.push(event);
    hear(event);
  });
});

afterEach(async () => {
  await racer.close();
});

/** How a race ended. */
async function lastOf(turn: number): Promise<RaceEvent> {
  const isLast = (event: RaceEvent) => event.turn === turn && (event.kind === "ended" || event.kind === "fault");
  const before = hear;
  return (
    events.find(isLast) ??
    new Promise<RaceEvent>((resolve) => {
      hear = (event) => {
        before(event);
        if (isLast(event)) resolve(event);
      };
    })
  );
}

async function comparisonOf(turn: number): Promise<RegimeComparison> {
  const last = await lastOf(turn);
  if (last.kind !== "ended") throw new Error(`The race did not end: ${JSON.stringify(last)}`);
  return last.comparison;
}

/** What decides the curves, without the times. */
const coursesOf = ({ runs }: RegimeComparison) =>
  runs.map(({ curve: { steps, trainingLoss, validationLoss } }) => ({ steps, trainingLoss, validationLoss }));

describe("a race", () => {
  it("measures what the library's own call does, to the bit, and tells of each run as it ends", async () => {
    racer.handle({ kind: "race", turn: 1, task: small() });
    const comparison = await comparisonOf(1);
    const options = { ...optionsOf(small()), sliceResolution: 0 };
    const direct = await compareRegimes(await builtInProblem("ill-conditioned"), options);
    expect(coursesOf(comparison)).toEqual(coursesOf(direct));
    expect(comparison.isComplete).toBe(true);
    const told = events.flatMap((event) => (event.kind === "run" ? [event.run] : []));
    expect(told.map(({ curve }) => curve)).toEqual(comparison.runs.map(({ curve }) => curve));
    expect(told.map(({ batchSize, momentum, repeat }) => [batchSize, momentum, repeat])).toEqual([
      ["full", 0, 0],
      ["full", 0.9, 0],
      [128, 0, 0],
      [128, 0.9, 0],
    ]);
    const running = events.flatMap((event) => (event.kind === "begun" ? [event.running.name] : []));
    expect(running).toEqual([inject("backend")]);
    const progress = events.flatMap((event) => (event.kind === "progress" ? [event.progress] : [])).at(-1);
    expect(progress).toMatchObject({ phase: "slice", done: 4, total: 4, lane: { batchSize: 128, momentum: 0.9 } });
  });

  it("tells of each curve's points as they are measured, but not more often than can be drawn", async () => {
    const times: number[] = [];
    hear = ({ kind }) => {
      if (kind === "progress") times.push(performance.now());
    };
    racer.handle({ kind: "race", turn: 1, task: small({ batchSizes: [128], epochs: 10 }) });
    const { runs } = await comparisonOf(1);
    let told: number[] = [];
    for (const event of events) {
      if (event.kind === "progress") told.push(...event.points.map(({ steps }) => steps));
      if (event.kind !== "run") continue;
      const { curve } = runs.find(({ regime }) => regime === Number(event.run.momentum === 0.9)) ?? {};
      // The last ones may come with the whole curve.
      expect(told).toEqual(curve?.steps.slice(0, told.length));
      told = [];
    }
    const first = events.findIndex(({ kind }) => kind === "run");
    expect(events.slice(0, first).some((event) => event.kind === "progress" && event.points.length > 0)).toBe(true);
    // Two messages come at once only where the slice begins.
    const close = times.slice(1).filter((time, index) => time - (times[index] ?? NaN) < 45);
    expect(close.length).toBeLessThanOrEqual(1);
  });

  it("that is stopped ends with what was measured so far", async () => {
    hear = (event) => {
      if (event.kind === "run") racer.handle({ kind: "stop" });
    };
    racer.handle({ kind: "race", turn: 1, task: small() });
    const comparison = await comparisonOf(1);
    expect(comparison.runs.map(({ status }) => status)).toEqual(["finished", "stopped", "stopped", "stopped"]);
    expect(comparison.runs[0]?.curve.steps).toEqual([0, 1, 2]);
    expect(comparison.isComplete).toBe(false);
  });

  it("ends the one that was on, and holds no more tensors than before", async () => {
    const before = tf.memory().numTensors;
    racer.handle({ kind: "race", turn: 1, task: small({ epochs: 500 }) });
    racer.handle({ kind: "race", turn: 2, task: small({ batchSizes: [128], momenta: [0], epochs: 1 }) });
    const last = await lastOf(2);
    expect(last.tensors).toBe(before);
    expect(await lastOf(1)).toMatchObject({ kind: "ended", comparison: { isComplete: false } });
    expect((await comparisonOf(2)).runs.map(({ status }) => status)).toEqual(["finished"]);
  });

  it("goes on with the others where a regime diverges", async () => {
    // Each step throws the weights 1.7 times as far out: after 60 steps the loss is still a float32, after 120 no more.
    const task = small({ learningRate: 0.13, batchSizes: ["full", 128], momenta: [0], epochs: 60 });
    racer.handle({ kind: "race", turn: 1, task });
    const { regimes } = await comparisonOf(1);
    expect(regimes.map(({ counts }) => [counts.finished, counts.diverged])).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it("of what cannot be raced is a fault with the library's words", async () => {
    racer.handle({ kind: "race", turn: 1, task: small({ epochs: 0 }) });
    expect(await lastOf(1)).toMatchObject({
      kind: "fault",
      fault: {
        kind: "other",
        message: "compareRegimes's budget expects amount to be a whole number above 0, got 0.",
      },
    });
  });
});
