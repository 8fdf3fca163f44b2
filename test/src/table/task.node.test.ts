import { DataError, HyperparameterError } from "rivulet";
import { describe, expect, it } from "vitest";
import { explainTask, taskOf, type TaskName } from "../../../src/table/task.ts";
import { columnOf as column, range, turns } from "./columns.ts";

const columnOf = (cells: readonly (string | number)[]) => column(cells, "y");

describe("taskOf", () => {
  it.each<[readonly (string | number)[], TaskName | undefined, TaskName, string]>([
    [["1.5", "2", "3"], undefined, "regression", "numbers, so a regression"],
    [turns(range(11), 50), undefined, "regression", "numbers, so a regression"],
    [
      turns(range(10), 50),
      undefined,
      "classification",
      "10 different whole numbers (up to 10 are classes), so a classification",
    ],
    [turns(range(10), 50), "regression", "regression", "a regression, as asked"],
    [turns([0.5, 1.5], 50), undefined, "regression", "numbers, so a regression"],
    [turns([0.5, 1.5], 50), "classification", "classification", "a classification, as asked"],
    [turns(["b", "a", "c"], 50), undefined, "classification", "3 different texts, so a classification"],
    [turns(["true", "false"], 9), undefined, "classification", "true or false, so a classification"],
    [turns(["true", "false"], 9), "regression", "regression", "a regression, as asked"],
  ])("of %j, asked for %s, is a %s", (cells, wanted, kind, reason) => {
    const target = columnOf(cells);
    const task = taskOf(target, wanted);
    expect(task.kind).toBe(kind);
    expect(explainTask(target, task, wanted)).toBe(reason);
  });

  it("orders classes: numbers by size, texts by alphabet", () => {
    expect(taskOf(columnOf(["10", "9", "-1", "9"]))).toEqual({
      kind: "classification",
      classes: ["-1", "9", "10"],
      labels: Uint16Array.of(2, 1, 0, 1),
    });
    expect(taskOf(columnOf(["b", "c", "a", "b"]))).toMatchObject({
      classes: ["a", "b", "c"],
      labels: Uint16Array.of(1, 2, 0, 1),
    });
  });

  it.each<[string, readonly (string | number)[], TaskName | undefined, string]>([
    [
      "dates",
      ["2000-01-01", "2000-01-02"],
      undefined,
      'The target "y" holds dates. Choose one of numbers, texts, or true and false.',
    ],
    ["one value", ["5", "5.0"], undefined, 'The target "y" is "5" in every row: there is nothing to learn.'],
    [
      "names",
      range(101).map((index) => `name ${index}`),
      undefined,
      'The target "y" has 101 different values, too many classes to tell apart (at most 100). ' +
        "Choose another target, or put its values into groups.",
    ],
    [
      "very many names",
      range(1001).map((index) => `name ${index}`),
      undefined,
      'The target "y" has more than 1000 different values, too many classes to tell apart (at most 100). ' +
        "Choose another target, or put its values into groups.",
    ],
    [
      "numbers, but for a few",
      [...range(20).map(String), "12 €"],
      undefined,
      'Of the target "y" 1 of 21 cells is no number, first at line 22: "12 €". ' +
        "Write plain numbers, such as 1234.5, or leave those cells empty; or say --task classification.",
    ],
  ])("refuses %s", (_, cells, wanted, message) => {
    expect(() => taskOf(columnOf(cells), wanted)).toThrow(DataError);
    expect(() => taskOf(columnOf(cells), wanted)).toThrow(message);
  });

  it("refuses a regression on texts", () => {
    const target = columnOf(["a", "1", "b"]);
    expect(() => taskOf(target, "regression")).toThrow(HyperparameterError);
    expect(() => taskOf(target, "regression")).toThrow(
      'A regression wants numbers, but of the target "y" 2 of 3 cells are no numbers, first at line 2: "a". ' +
        "Write plain numbers, such as 1234.5, or leave those cells empty.",
    );
  });
});
