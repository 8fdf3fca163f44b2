import { DataError, HyperparameterError } from "../errors.ts";
import { quote } from "../quote.ts";
import { describeTexts, isAlmostNumbers } from "./almost-numbers.ts";
import { mostDifferent, type Column } from "./column.ts";

/** What may be asked of a network here. */
export const taskNames = ["regression", "classification"] as const;

export type TaskName = (typeof taskNames)[number];

/** What is to be predicted: a number, or which of several classes. */
export type Task =
  | { readonly kind: "regression"; readonly values: Float64Array }
  | {
      readonly kind: "classification";
      /** In the order of the network's outputs: numbers by size, texts by alphabet. */
      readonly classes: readonly string[];
      /** Of each row an index into the classes. */
      readonly labels: Uint16Array;
    };

/** Up to so many different whole numbers are taken for classes. */
const mostNumericClasses = 10;

const mostClasses = 100;

/**
 * The task that a target sets: texts, true and false, and up to 10 different whole numbers are classes; other numbers are a
 * regression's.
 *
 * @param wanted the task, where the user has said it
 * @throws HyperparameterError if the column does not do for the task wanted; DataError if it does for none
 */
export function taskOf(target: Column, wanted?: TaskName): Task {
  const name = quote(target.name);
  const { kind, categories } = target;
  if (kind === "empty" || kind === "date") {
    throw new DataError(`The target ${name} holds dates. Choose one of numbers, texts, or true and false.`);
  }
  if (categories?.names.length === 1) {
    const only = quote(categories.names[0]);
    throw new DataError(`The target ${name} is ${only} in every row: there is nothing to learn.`);
  }
  if (kind === "text") {
    expectTexts(target, wanted);
    return classify(target);
  }
  const isNumbers = kind === "number" && !isFewWholeNumbers(target);
  const task = wanted ?? (isNumbers ? "regression" : "classification");
  return task === "regression" ? { kind: task, values: target.numbers } : classify(target);
}

/** Refuses texts that are to be numbers, by the user's word or by the look of them. */
function expectTexts(target: Extract<Column, { kind: "text" }>, wanted: TaskName | undefined): void {
  const name = quote(target.name);
  const mend = "Write plain numbers, such as 1234.5, or leave those cells empty";
  if (wanted === "regression") {
    const message = `A regression wants numbers, but of the target ${name} ${describeTexts(target)}. ${mend}.`;
    throw new HyperparameterError(message, "task", wanted);
  }
  if (wanted === undefined && isAlmostNumbers(target)) {
    throw new DataError(`Of the target ${name} ${describeTexts(target)}. ${mend}; or say --task classification.`);
  }
}

/** Whether the numbers of a column are so few that they are taken for classes. */
function isFewWholeNumbers({ categories }: Column): boolean {
  const names = categories?.names ?? [];
  return (
    names.length > 0 && names.length <= mostNumericClasses && names.every((name) => Number.isInteger(Number(name)))
  );
}

function classify({ name, kind, categories }: Column): Task {
  if (categories === undefined || categories.names.length > mostClasses) {
    const count = categories === undefined ? `more than ${mostDifferent}` : categories.names.length;
    throw new DataError(
      `The target ${quote(name)} has ${count} different values, too many classes to tell apart (at most ${mostClasses}). ` +
        "Choose another target, or put its values into groups.",
    );
  }
  const { names, codes } = categories;
  const inOrder = (a: string, b: string) => (kind === "number" ? Number(a) - Number(b) : a < b ? -1 : 1);
  const classes = names.toSorted(inOrder);
  const labelOf = names.map((category) => classes.indexOf(category));
  return { kind: "classification", classes, labels: codes.map((code) => labelOf[code - 1] ?? 0) };
}

/** Why a target set this task: `5 different whole numbers (up to 10 are classes), so a classification`. */
export function explainTask(target: Column, task: Task, wanted?: TaskName): string {
  if (wanted !== undefined) return `a ${wanted}, as asked`;
  if (task.kind === "regression") return "numbers, so a regression";
  const count = task.classes.length;
  if (target.kind === "boolean") return "true or false, so a classification";
  if (target.kind === "text") return `${count} different texts, so a classification`;
  return `${count} different whole numbers (up to ${mostNumericClasses} are classes), so a classification`;
}
