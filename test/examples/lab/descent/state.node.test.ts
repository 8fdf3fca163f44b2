import { beforeEach, describe, expect, it } from "vitest";
import { presetNames } from "../../../../examples/lab/descent/functions.ts";
import { chooseFunction, state, toggleRule } from "../../../../examples/lab/descent/state.ts";

beforeEach(() => {
  state.open({});
});

describe("the descent page's state", () => {
  it("starts on the bowl as W11 does", () => {
    expect(state.value).toMatchObject({ f: "bowl", x: 3, y: 2, rate: 0.1, step: 0 });
  });

  it.each(presetNames)("opens %s from its name alone as if it had been chosen", (f) => {
    chooseFunction(f);
    const chosen = state.value;
    expect(state.open({ f })).toBe(true);
    expect(state.value).toEqual(chosen);
  });

  it("comes back from the address as it was", () => {
    state.change({
      f: "own",
      formula: "sin(x) + y^2/2 & more",
      x: -0.5,
      rate: 0.0001,
      rules: ["adam"],
      shown: "adam",
      step: 1000,
    });
    const left = state.value;
    const { fields } = state.written.value;
    state.open({});
    expect(state.open(fields)).toBe(true);
    expect(state.value).toEqual(left);
  });

  it.each([
    { rate: "0" },
    { momentum: "1" },
    { step: "1001" },
    { rules: "" },
    { shown: "adam", rules: "sgd" },
    { x: "1e9" },
  ])("does not open %j", (fields) => {
    expect(state.open(fields as Record<string, string>)).toBe(false);
    expect(state.value).toMatchObject({ f: "bowl", shown: "sgd" });
  });

  it("keeps one rule at least, and shows the table of one that runs", () => {
    toggleRule("sgd");
    expect(state.value).toMatchObject({ rules: ["momentum"], shown: "momentum" });
    toggleRule("momentum");
    expect(state.value.rules).toEqual(["momentum"]);
    toggleRule("adam");
    toggleRule("sgd");
    expect(state.value).toMatchObject({ rules: ["sgd", "momentum", "adam"], shown: "momentum" });
  });
});
