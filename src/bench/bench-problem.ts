import { builtInProblem, problemNames, type ProblemName, type RegimeProblem } from "rivulet";
import { basename } from "node:path";
import { quote } from "../quote.ts";
import type { EncodedRows, Matrix } from "../table/encode.ts";
import { prepareTable } from "../table/prepare.ts";
import { oneLine } from "../table/text-width.ts";

/** Whether a problem is built in, and not a file. */
export function isBuiltIn(data: string): data is ProblemName {
  return problemNames.some((name) => name === data);
}

/** Where a file's samples come from. */
export interface BenchData {
  /** A built-in problem's name, or a CSV file's path. */
  readonly data: string;
  /** The column of the file to predict. */
  readonly target: string | undefined;
  /** From which the split of the file's rows follows. */
  readonly seed: number;
}

/** How much of a file's rows is not trained on; a fifth of the others is not either. */
const heldOut = 0.1;

/**
 * The problem that a command names.
 *
 * @param say takes what was made of a file, in plain text
 * @throws as `prepareTable` does
 */
export async function benchProblem(
  { data, target, seed }: BenchData,
  say: (text: string) => void,
): Promise<RegimeProblem> {
  if (isBuiltIn(data)) return builtInProblem(data);
  const options = { target, task: undefined, testFraction: heldOut, seed };
  const { task, targetName, parts } = await prepareTable(data, options, say);
  const validation = joined(parts.validation, parts.test);
  return {
    name: basename(data),
    description: `Column ${quote(targetName)} of ${oneLine(basename(data))}.`,
    x: parts.training.x,
    y: parts.training.y,
    validation: [validation.x, validation.y],
    loss: task.kind === "regression" ? "meanSquaredError" : "categoricalCrossentropyFromLogits",
    learningRate: 0.02,
  };
}

/** Nothing here stops early, so both parts may be looked at. */
function joined(first: EncodedRows, second: EncodedRows): EncodedRows {
  return { x: stacked(first.x, second.x), y: stacked(first.y, second.y) };
}

function stacked(first: Matrix, second: Matrix): Matrix {
  const values = new Float32Array(first.values.length + second.values.length);
  values.set(first.values);
  values.set(second.values, first.values.length);
  return { values, shape: [first.shape[0] + second.shape[0], first.shape[1]] };
}
