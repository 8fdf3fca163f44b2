import { create, parseDependencies, type MathNode } from "mathjs/number";
import { constants, functions, operators, type Expression, type FunctionName, type Operator } from "./expression.ts";
import { FormulaError } from "./problem.ts";
import { scanFormula } from "./scan.ts";

// Of mathjs only its parser: its types say that even this may be missing.
const { parse } = create(parseDependencies ?? {});

/**
 * Reads a formula such as `(x - 2)^2 + 1`. mathjs parses it; of the tree only what stands in `Expression` is let through.
 *
 * @throws FormulaError
 */
export function parseFormula(formula: string): Expression {
  const plain = scanFormula(formula);
  return translate(parsed(plain), plain);
}

function parsed(plain: string): MathNode {
  try {
    return parse(plain);
  } catch (error) {
    const { char } = error as { readonly char?: unknown };
    throw new FormulaError({ kind: "syntax", at: typeof char === "number" ? char : plain.length });
  }
}

/** What is known of a node of mathjs's tree, whose types say less than what comes. */
interface AnyNode {
  readonly type: string;
  readonly value?: unknown;
  readonly name?: unknown;
  readonly op?: unknown;
  readonly fn?: unknown;
  readonly content?: MathNode;
  readonly args?: readonly MathNode[];
}

function translate(node: MathNode, plain: string): Expression {
  const { type, value, name, op, fn, content, args = [] }: AnyNode = node;
  const [first, second] = args;
  if (type === "ParenthesisNode" && content !== undefined) return translate(content, plain);
  if (type === "ConstantNode" && typeof value === "number") return { kind: "number", value };
  if (type === "SymbolNode" && typeof name === "string") return translateName(name, plain);
  if (type === "FunctionNode" && typeof name === "string") return translateCall(name, args, plain);
  if (type === "OperatorNode" && first !== undefined && second === undefined) {
    if (fn === "unaryMinus") return { kind: "negation", of: translate(first, plain) };
    if (fn === "unaryPlus") return translate(first, plain);
  }
  if (type === "OperatorNode" && isOperator(op) && first !== undefined && second !== undefined && args.length === 2) {
    return { kind: "operation", operator: op, left: translate(first, plain), right: translate(second, plain) };
  }
  const part = node.toString();
  throw new FormulaError({ kind: "notAllowed", part, at: Math.max(0, plain.indexOf(part)) + 1 });
}

function translateName(name: string, plain: string): Expression {
  if (name === "x" || name === "y") return { kind: "variable", name };
  if (Object.hasOwn(constants, name)) return { kind: "constant", name: name as keyof typeof constants };
  const kind = isFunction(name) ? "argument" : "name";
  throw new FormulaError({ kind, name, at: placeOf(name, plain) });
}

function translateCall(name: string, args: readonly MathNode[], plain: string): Expression {
  const [of] = args;
  if (isFunction(name) && of !== undefined && args.length === 1)
    return { kind: "call", name, of: translate(of, plain) };
  // x(y + 1): mathjs takes it for a call of x, people mean a product.
  if (name === "x" || name === "y" || Object.hasOwn(constants, name)) {
    if (of !== undefined && args.length === 1) {
      return { kind: "operation", operator: "*", left: translateName(name, plain), right: translate(of, plain) };
    }
  }
  throw new FormulaError({ kind: "argument", name, at: placeOf(name, plain) });
}

function isFunction(name: string): name is FunctionName {
  return Object.hasOwn(functions, name);
}

function isOperator(op: unknown): op is Operator {
  return typeof op === "string" && Object.hasOwn(operators, op);
}

/** Where a name first stands by itself. */
function placeOf(name: string, plain: string): number {
  return Math.max(0, plain.search(new RegExp(`(?<![a-z])${name}(?![a-z])`, "i"))) + 1;
}
