import { afterEach, describe, expect, it } from "vitest";
import { rounded } from "../../../../examples/lab/fit-a-curve/data/point.ts";
import { chooseData, set, setPoints, state } from "../../../../examples/lab/fit-a-curve/state.ts";
import { points, taskKey, taskOf } from "../../../../examples/lab/fit-a-curve/task.ts";

const fresh = { ...state.value };

afterEach(() => {
  state.open({});
});

const drawn = [
  rounded({ x: -0.5, y: 0.25, group: 0 }),
  rounded({ x: 0, y: 0.5, group: 1 }),
  rounded({ x: 0.5, y: 1, group: 0 }),
];
const axes = { x: { name: "hp", least: 40, most: 230 }, y: { name: "mpg", least: 9, most: 46 }, groups: ["a", "b"] };

describe("the state of the page", () => {
  it("opens again from what it wrote", () => {
    setPoints(2, drawn, axes);
    set({ hidden: [3, 2, 1], activation: "relu", loss: "binaryCrossentropy", optimizer: "adamw", batch: "full" });
    set({ rate: 0.5, momentum: 0.5, seed: 42, backend: "wasm" });
    state.change({ step: 120, log: false });
    const before = state.value;
    const { fields } = state.written.value;
    state.open({});
    expect(state.value).toEqual(fresh);
    expect(state.open(fields)).toBe(true);
    expect(state.value).toEqual(before);
    expect(fields).toMatchObject({ data: "classes", hidden: "3-2-1", batch: "full", seed: "42", step: "120" });
  });

  it("opens with no hidden layer, and with no points", () => {
    expect(state.open({ data: "curve", hidden: "" })).toBe(true);
    expect(state.value).toMatchObject({ data: "curve", hidden: [], points: [] });
    expect(taskOf(state.value)).toBeUndefined();
  });

  it("fills in what suits the data", () => {
    expect(state.open({ data: "xor" })).toBe(true);
    expect(state.value).toMatchObject({ loss: "binaryCrossentropyFromLogits", optimizer: "adam" });
  });

  it.each<Readonly<Record<string, string>>>([
    { data: "volcano" },
    { points: "AAA" },
    { points: "AAA%" },
    { axes: "[]" },
    { axes: "{" },
    { hidden: "0" },
    { hidden: "33" },
    { hidden: "8-8-8-8-8" },
    { hidden: "8-" },
    { activation: "softmax" },
    { data: "sine", loss: "binaryCrossentropy" },
    { data: "xor", loss: "huber" },
    { optimizer: "newton" },
    { rate: "0" },
    { rate: "11" },
    { momentum: "1" },
    { batch: "3" },
    { seed: "-1" },
    { seed: "1.5" },
    { backend: "tensorflow" },
    { step: "1000001" },
    { log: "yes" },
    { constructor: "1" },
  ])("opens as new from %j", (fields) => {
    state.change({ seed: 7 });
    expect(state.open(fields)).toBe(false);
    expect(state.value).toEqual(fresh);
  });

  it("begins anew with every change of what is trained", () => {
    state.change({ step: 50 });
    set({ seed: 2 });
    expect(state.value.step).toBe(0);
    state.change({ step: 50 });
    chooseData("line");
    expect(state.value).toMatchObject({ data: "line", seed: 2, step: 0 });
  });

  it("takes a network that suits classes where a curve was learnt before, and keeps it from class to class", () => {
    set({ hidden: [5] });
    chooseData("steps");
    expect(state.value.hidden).toEqual([5]);
    chooseData("moons");
    expect(state.value).toMatchObject({ hidden: [16, 12], loss: "binaryCrossentropyFromLogits", optimizer: "adam" });
    set({ hidden: [5] });
    chooseData("xor");
    expect(state.value.hidden).toEqual([5]);
  });
});

describe("the task", () => {
  it("is of the points that are seen", () => {
    setPoints(2, drawn, null);
    expect(points.value).toEqual(drawn);
    expect(taskOf(state.value)?.training).toEqual({
      count: 3,
      x: Float32Array.from(drawn.flatMap(({ x, y }) => [x, y])),
      y: Float32Array.of(0, 1, 0),
    });
  });

  it("is another one for each setting, and the same wherever it stands", () => {
    const key = taskKey.value;
    state.change({ step: 50, log: false });
    expect(taskKey.value).toBe(key);
    set({ rate: 0.2 });
    expect(taskKey.value).not.toBe(key);
  });
});
