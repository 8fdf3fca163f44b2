import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import {
  choiceField,
  choicesField,
  countField,
  numberField,
  numbersField,
  switchField,
  textField,
} from "../../../../examples/lab/shell/fields.ts";
import { PageState } from "../../../../examples/lab/shell/page-state.ts";

const schema = z.strictObject({
  f: choiceField(["bowl", "saddle"]),
  x: numberField(-100, 100),
  step: countField(0, 1000),
  rules: choicesField(["sgd", "adam"]),
  weights: numbersField(2, -10, 10),
  formula: textField(8),
  grid: switchField(),
});
const fresh = { f: "bowl", x: 3, step: 0, rules: ["sgd"], weights: [0.1, 0.2], formula: "", grid: false } as const;

function makeState() {
  return new PageState(schema, ({ f }) => {
    const rules: ("sgd" | "adam")[] = [...fresh.rules];
    return { ...fresh, rules, weights: [...fresh.weights], x: f === "saddle" ? 2 : 3 };
  });
}

describe("a page's state", () => {
  it("starts as new", () => {
    expect(makeState().value).toEqual(fresh);
  });

  it("opens again from what it wrote", () => {
    const state = makeState();
    state.change({
      f: "saddle",
      x: -1e-7,
      step: 12,
      rules: ["adam", "sgd"],
      weights: [-1, 2.5],
      formula: "x^2",
      grid: true,
    });
    const again = makeState();
    expect(again.open(state.written.value.fields)).toBe(true);
    expect(again.value).toEqual(state.value);
    expect(state.written.value.fields).toEqual({
      f: "saddle",
      x: "-1e-7",
      step: "12",
      rules: "adam,sgd",
      weights: "-1,2.5",
      formula: "x^2",
      grid: "1",
    });
  });

  it("fills in what an address leaves out, as the other fields have it", () => {
    const state = makeState();
    expect(state.open({ f: "saddle" })).toBe(true);
    expect(state.value).toEqual({ ...fresh, f: "saddle", x: 2 });
  });

  it.each([
    { f: "volcano" },
    { x: "" },
    { x: "NaN" },
    { x: "Infinity" },
    { x: "0x10" },
    { x: " 3" },
    { x: "101" },
    { step: "-1" },
    { step: "1.5" },
    { step: "1001" },
    { rules: "sgd,sgd" },
    { rules: "sgd,newton" },
    { weights: "1" },
    { weights: "1,2,3" },
    { weights: "1," },
    { weights: "1,11" },
    { formula: "x^2 + y^2" },
    { grid: "yes" },
    { colour: "red" },
    undefined,
  ])("opens as new from %j", (fields) => {
    const state = makeState();
    state.change({ x: 7, step: 5 });
    expect(state.open(fields as Record<string, string>)).toBe(false);
    expect(state.value).toEqual(fresh);
  });

  it("says which changes the back button should undo", () => {
    const state = makeState();
    state.change({ f: "saddle" }, "push");
    expect(state.written.value.way).toBe("push");
    state.change({ x: 1 });
    expect(state.written.value.way).toBe("replace");
    state.change({ f: "bowl" }, "push");
    state.open({});
    expect(state.written.value.way).toBe("replace");
  });
});
