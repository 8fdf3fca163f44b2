import { beforeEach, describe, expect, it } from "vitest";
import { problemNames } from "../../../../examples/lab/race/problems.ts";
import { canToggle, chooseProblem, mostRegimes, set, state, toggled } from "../../../../examples/lab/race/state.ts";
import { taskKey, taskOf, workOf } from "../../../../examples/lab/race/task.ts";

beforeEach(() => {
  state.open({});
});

describe("the race page's state", () => {
  it.each(problemNames)("opens %s from its name alone as if it had been chosen", (problem) => {
    chooseProblem(problem);
    const chosen = state.value;
    expect(state.open({ problem })).toBe(true);
    expect(state.value).toEqual(chosen);
  });

  it("comes back from the address as it was", () => {
    state.change({
      problem: "spirals",
      layers: [8, 4],
      activation: "relu",
      optimizer: "rmsprop",
      rate: 0.001,
      batches: ["16", "1"],
      momenta: ["0.5", "0.99"],
      epochs: 7,
      seed: 3,
      repeats: 2,
      backend: "webgl",
      raced: true,
      by: "seconds",
      log: false,
      logx: true,
      at: 250,
      single: "16:0.5",
    });
    const left = state.value;
    const { fields } = state.written.value;
    expect(fields).toMatchObject({ layers: "8-4", batches: "16,1", momenta: "0.5,0.99", raced: "1", single: "16:0.5" });
    state.open({});
    expect(state.open(fields)).toBe(true);
    expect(state.value).toEqual(left);
  });

  it.each([
    { problem: "moons" },
    { layers: "16-" },
    { layers: "16-0" },
    { layers: "8-8-8-8" },
    { rate: "0" },
    { rate: "1e5" },
    { batches: "" },
    { batches: "full,full" },
    { batches: "7" },
    { momenta: "" },
    { momenta: "1" },
    { batches: "full,128,32,16,8,1", momenta: "0,0.5,0.9" },
    { epochs: "0" },
    { epochs: "1.5" },
    { repeats: "6" },
    { raced: "yes" },
    { at: "1001" },
    { single: "7:0" },
    { single: "32:0:0" },
    { single: "32:none" },
    { backend: "tensorflow" },
    { sample: "1" },
  ])("opens as new where an address says %o", (fields) => {
    const fresh = state.value;
    expect(state.open(fields)).toBe(false);
    expect(state.value).toEqual(fresh);
  });

  it("takes as many batch sizes as there is room for, of a rule without momentum all", () => {
    expect(state.open({ batches: "full,128,32,16,8,1", momenta: "0,0.9" })).toBe(true);
    expect(state.open({ batches: "full,128,32,16,8,1", momenta: "0,0.5,0.9", optimizer: "adam" })).toBe(true);
  });

  it("has not raced what is set anew", () => {
    state.change({ raced: true });
    set({ rate: 0.1 });
    expect(state.value).toMatchObject({ rate: 0.1, raced: false });
  });
});

describe("a choice of several", () => {
  it("keeps the order of all", () => {
    expect(toggled(["a", "b", "c"], ["c", "a"], "b")).toEqual(["a", "b", "c"]);
    expect(toggled(["a", "b", "c"], ["a", "b"], "a")).toEqual(["b"]);
  });

  it("keeps one, and adds none that there is no room for", () => {
    expect(canToggle(["a"], "a", 1)).toBe(false);
    expect(canToggle(["a", "b"], "a", mostRegimes)).toBe(true);
    expect(canToggle(["a", "b"], "c", mostRegimes / 3)).toBe(true);
    expect(canToggle(["a", "b"], "c", mostRegimes / 3 + 1)).toBe(false);
  });
});

describe("the task", () => {
  it("is what the state says", () => {
    expect(taskOf(state.value)).toEqual({
      problem: "sine",
      layers: [16],
      activation: "tanh",
      optimizer: "sgd",
      learningRate: 0.03,
      batchSizes: ["full", 32, 1],
      momenta: [0, 0.9],
      epochs: 30,
      seed: 42,
      repeats: 1,
      backend: "cpu",
    });
  });

  it("has no momenta for a rule to which they mean nothing", () => {
    expect(taskOf({ ...state.value, optimizer: "adam" }).momenta).toBeNull();
  });

  it("stays the same while one only looks at it", () => {
    const before = taskKey.value;
    state.change({ by: "steps", log: false, logx: true, at: 3, raced: true });
    expect(taskKey.value).toBe(before);
    state.change({ seed: 1 });
    expect(taskKey.value).not.toBe(before);
  });

  it("comes to so many runs and steps", () => {
    // 30 epochs of 1, 8 and 256 steps, each with two momenta.
    expect(workOf(state.value)).toEqual({ runs: 6, steps: 30 * (1 + 8 + 256) * 2 });
    expect(workOf({ ...state.value, problem: "auto-mpg", batches: ["128"], repeats: 3, optimizer: "adam" })).toEqual({
      runs: 3,
      // 313 cars: two whole batches, and a smaller one.
      steps: 30 * 3 * 3,
    });
  });
});
