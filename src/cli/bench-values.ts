import { InvalidArgumentError } from "commander";
import { closest } from "fastest-levenshtein";
import { whyUnwritable } from "../bench/output-file.ts";
import { isPositiveInteger } from "../hyperparameter.ts";
import { problemNames } from "../regimes/problem-names.ts";
import { existingFile, hiddenUnits, numberFrom } from "./argument-values.ts";

/** A built-in problem's name, or a CSV file's path. @throws InvalidArgumentError */
export function benchData(text: string): string {
  if (problemNames.some((name) => name === text)) return text;
  try {
    return existingFile(text);
  } catch (error) {
    const isFolder = error instanceof Error && error.message.includes("folder");
    if (isFolder) throw error;
    const known = `Built-in problems: ${problemNames.join(", ")}.`;
    throw new InvalidArgumentError(`There is no such file. Did you mean "${closest(text, problemNames)}"? ${known}`);
  }
}

/** The units of each hidden layer, or none. @throws InvalidArgumentError */
export function someLayers(text: string): readonly number[] {
  return text === "none" ? [] : hiddenUnits(text);
}

/** `full,32,1` @throws InvalidArgumentError */
export function batchSizes(text: string): readonly (number | "full")[] {
  const mend = "Give whole numbers above 0, or full, with commas between, such as full,32,1.";
  return listFrom(text, (size) => (size === "full" ? size : numberFrom(size, isPositiveInteger, mend)));
}

/** What lies above is a slip. */
const ratesEnd = 1e6;

/** `0.01,0.1` @throws InvalidArgumentError */
export function learningRates(text: string): readonly number[] {
  const mend = `Give numbers above 0 and below ${ratesEnd}, with commas between, such as 0.01,0.1.`;
  return listFrom(text, (rate) => numberFrom(rate, (value) => value > 0 && value < ratesEnd, mend));
}

/** `0,0.9` @throws InvalidArgumentError */
export function momenta(text: string): readonly number[] {
  const mend = "Give numbers from 0 to below 1, with commas between, such as 0,0.9.";
  return listFrom(text, (momentum) => numberFrom(momentum, (value) => value >= 0 && value < 1, mend));
}

/** Names with commas between, of those that there are. */
export function someOf<Name extends string>(known: readonly Name[]): (text: string) => readonly Name[] {
  return (text) =>
    listFrom(text, (name) => {
      const found = known.find((each) => each === name);
      if (found === undefined) throw new InvalidArgumentError(`Known: ${known.join(", ")}.`);
      return found;
    });
}

/** What stands between commas, each once. @throws InvalidArgumentError */
function listFrom<Value>(text: string, parse: (part: string) => Value): readonly Value[] {
  const values = text.split(",").map((part) => parse(part.trim()));
  if (new Set(values).size === values.length) return values;
  throw new InvalidArgumentError("Give each value once.");
}

/** A file that can be written: found out before anything runs. @throws InvalidArgumentError */
export function outputFile(path: string): string {
  const problem = whyUnwritable(path);
  if (problem !== undefined) throw new InvalidArgumentError(problem);
  return path;
}
