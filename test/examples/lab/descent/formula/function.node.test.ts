import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { gradient } from "rivulet";
import { describe, expect, it } from "vitest";
import { objectiveOf } from "../../../../../examples/lab/descent/functions.ts";
import { readFormula } from "../../../../../examples/lab/descent/formula/function.ts";
import { expectClose } from "../../../../support/expect-close.ts";

function functionOf(formula: string) {
  const read = readFormula(formula);
  if (!("f" in read)) throw new Error(`"${formula}" was not read: ${JSON.stringify(read.problem)}`);
  return read.f;
}

/** A function's value at (x, y). */
async function valueOf(formula: string, x: number, y: number): Promise<number> {
  const value = tf.tidy(() => functionOf(formula).evaluate(tf.scalar(x), tf.scalar(y)));
  const [number = NaN] = await value.data<"float32">();
  value.dispose();
  return number;
}

describe("a formula that is typed in", () => {
  it.each<[string, number, number]>([
    ["(x - 2)^2 + 1", 3.5, 3.25],
    ["x^2 + y^2", 3, 13],
    ["2x y", 3, 12],
    ["2(x + 1)", 3, 8],
    ["(x + 1)(y + 2)", 3, 16],
    ["x(y + 2)", 3, 12],
    ["-x^2", 3, -9],
    ["(-x)^3", 2, -8],
    ["2^x^y", 3, 512],
    ["+x - -y", 3, 5],
    ["6 / x / y", 3, 1],
    ["1e-1 x + .5", 3, 0.8],
    ["ln(x) - log(x) + ln(e)", 3, 1],
    ["cos(pi x)", 2, 1],
    ["exp(0 x) + sqrt(x) + abs(-x) + tanh(0 x)", 4, 7],
    ["（x＋1）×y ÷ 2 − 1", 3, 3],
  ])("%s is understood", async (formula, x, wanted) => {
    await expectClose(await valueOf(formula, x, 2), wanted);
  });

  it("has the gradient of W10, by the library's automatic differentiation", async () => {
    const f = objectiveOf(functionOf("ln(x^2 + y^2)"));
    const slopes = gradient(f)([1, 2]);
    await expectClose(slopes, [0.4, 0.8]);
    slopes.dispose();
  });

  it("is of x alone, or of x and y", () => {
    expect(functionOf("x + 1").variables).toBe(1);
    expect(functionOf("x y").variables).toBe(2);
    expect(functionOf("y^2").variables).toBe(2);
  });

  it.each([
    ["", { kind: "empty" }],
    ["  ", { kind: "empty" }],
    ["x".repeat(121), { kind: "tooLong", longest: 120 }],
    ["3 + pi", { kind: "constant" }],
    ["x +", { kind: "syntax", at: 4 }],
    ["(x", { kind: "syntax", at: 3 }],
    ["x)", { kind: "syntax", at: 2 }],
    ["x ^ ^ 2", { kind: "syntax", at: 5 }],
    ["x + z", { kind: "name", name: "z", at: 5 }],
    ["xy", { kind: "name", name: "xy", at: 1 }],
    ["x + 变量", { kind: "name", name: "变量", at: 5 }],
    ["sin x", { kind: "argument", name: "sin", at: 1 }],
    ["x + sin()", { kind: "argument", name: "sin", at: 5 }],
    ["sin + x", { kind: "argument", name: "sin", at: 1 }],
    ["x > 1", { kind: "character", character: ">", at: 3 }],
    ["x, y", { kind: "character", character: ",", at: 2 }],
    ["x!", { kind: "character", character: "!", at: 2 }],
  ])("%j has a problem", (formula, problem) => {
    expect(readFormula(formula)).toEqual({ problem });
  });
});

describe("a hostile formula", () => {
  it.each([
    "x; alert(1)",
    "x = 1",
    "f(x) = x",
    "constructor",
    "x.constructor",
    "x.sin",
    "__proto__",
    "toString()",
    'x["constructor"]',
    "cos.constructor(x)",
    "import(x)",
    "eval(x)",
    "evaluate(x)",
    "parse(x)",
    "createUnit(x)",
    "`${x}`",
    "'x'",
    "{x: 1}",
    "[x, y]",
    "x ? y : 1",
    "x \n y",
    "1:x",
    "x' ",
    "(x)(",
    "((((((((((((((((((((",
    "x # comment",
    "hasOwnProperty(x)",
    "pi.valueOf(x)",
    "1..x",
  ])("%j is refused", (formula) => {
    expect(readFormula(formula)).toHaveProperty("problem");
  });

  it("never does anything but be read or refused", () => {
    const piece = fc.constantFrom(
      ..."x y 1 2.5 e pi sin ( ) + - * / ^ . , ; [ ] { } ' \" = : ? ! constructor 9e9".split(" "),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
        const read = readFormula(pieces.join(" "));
        expect("f" in read).not.toBe("problem" in read);
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
