import { constants, functions } from "./expression.ts";
import { FormulaError } from "./problem.ts";

/** Longer ones do not fit into an address that people pass on. */
const longestFormula = 120;

/** What input methods and word processors make of the signs on a keyboard, one for one, so that places stay the same. */
const sameSigns: Readonly<Record<string, string>> = {
  "−": "-",
  "－": "-",
  "＋": "+",
  "×": "*",
  "·": "*",
  "＊": "*",
  "÷": "/",
  "／": "/",
  "（": "(",
  "）": ")",
  "＾": "^",
  "．": ".",
  "\u3000": " ",
};

const token = /(?<number>(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)|(?<name>[\p{L}_][\p{L}\p{N}_]*)|[-+*/^() ]|(?<other>.)/gsu;

const names = new Set<string>(["x", "y", ...Object.keys(constants), ...Object.keys(functions)]);

/**
 * Looks at every character and every name, before anything is parsed.
 *
 * @returns the formula in the signs of a keyboard
 * @throws FormulaError
 */
export function scanFormula(formula: string): string {
  if (formula.trim() === "") throw new FormulaError({ kind: "empty" });
  if (formula.length > longestFormula) throw new FormulaError({ kind: "tooLong", longest: longestFormula });
  const plain = formula.replace(/[^ -~]/g, (sign) => sameSigns[sign] ?? sign);
  for (const { groups = {}, index } of plain.matchAll(token)) {
    const { name, other } = groups;
    if (other !== undefined) throw new FormulaError({ kind: "character", character: other, at: index + 1 });
    if (name !== undefined && !names.has(name)) throw new FormulaError({ kind: "name", name, at: index + 1 });
  }
  return plain;
}
