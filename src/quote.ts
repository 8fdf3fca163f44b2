import * as tf from "@tensorflow/tfjs-core";

const longest = 60;

/** How a message shows what came, whatever it is: short, and never throwing itself. */
export function quote(value: unknown): string {
  const text = describe(value);
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

function describe(value: unknown): string {
  if (value instanceof tf.Tensor) return `a tensor of shape [${value.shape.join(", ")}]`;
  if (typeof value === "string") return quoteText(value.slice(0, longest));
  if (typeof value === "function") return isClass(value) ? `the class ${value.name}` : "a function";
  if (typeof value === "object" && value !== null) return describeObject(value);
  return typeof value === "bigint" ? `${value}n` : String(value);
}

/** JSON leaves some characters as they are that a terminal obeys. */
function quoteText(text: string): string {
  return JSON.stringify(text).replaceAll(/[\u007f-\u009f]/g, (character) => {
    return `\\u00${character.charCodeAt(0).toString(16)}`;
  });
}

function isClass(value: object): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value));
}

function describeObject(value: object): string {
  const prototype = Object.getPrototypeOf(value) as { constructor?: { name?: string } } | null;
  const kind = prototype?.constructor?.name ?? "Object";
  if (ArrayBuffer.isView(value)) return `a ${kind}`;
  if (kind !== "Object" && kind !== "Array") return `a ${kind}`;
  try {
    return JSON.stringify(value);
  } catch {
    // A cycle, or a BigInt: JSON has neither.
    return kind === "Array" ? "an array" : "an object";
  }
}
