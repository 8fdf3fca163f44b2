import { describe, expect, it } from "vitest";
import type { ElementwiseStep } from "../../../src/compile/elementwise.ts";
import { formulasOf } from "../../../src/compile/formulas.ts";

/** Formulas over the inputs a, b and c, of which the steps count 0, 1 and 2. */
function written(steps: readonly ElementwiseStep[], results = [steps.length - 1]): string[] {
  const outputs = results.map((_, index) => `%${index}`);
  const formulas = formulasOf({ steps, results, shape: [] }, ["a", "b", "c"], outputs);
  return formulas.map(({ name, expression }) => `${name} = ${expression}`);
}

describe("formulasOf", () => {
  it.each<[string, readonly ElementwiseStep[]]>([
    ["a + b", [{ name: "Add", a: 0, b: 1 }]],
    ["(a − b)²", [{ name: "SquaredDifference", a: 0, b: 1 }]],
    ["√a", [{ name: "Sqrt", a: 0 }]],
    [
      "a + b − c",
      [
        { name: "Add", a: 0, b: 1 },
        { name: "Sub", a: 3, b: 2 },
      ],
    ],
    [
      "c − (a + b)",
      [
        { name: "Add", a: 0, b: 1 },
        { name: "Sub", a: 2, b: 3 },
      ],
    ],
    [
      "(a − b) × c",
      [
        { name: "Sub", a: 0, b: 1 },
        { name: "Multiply", a: 3, b: 2 },
      ],
    ],
    [
      "a × b + c",
      [
        { name: "Multiply", a: 0, b: 1 },
        { name: "Add", a: 3, b: 2 },
      ],
    ],
    [
      "c ÷ (a × b)",
      [
        { name: "Multiply", a: 0, b: 1 },
        { name: "RealDiv", a: 2, b: 3 },
      ],
    ],
    [
      "(−a)²",
      [
        { name: "Neg", a: 0 },
        { name: "Square", a: 3 },
      ],
    ],
    [
      "−(a × b)",
      [
        { name: "Multiply", a: 0, b: 1 },
        { name: "Neg", a: 3 },
      ],
    ],
    [
      "√(a²)",
      [
        { name: "Square", a: 0 },
        { name: "Sqrt", a: 3 },
      ],
    ],
  ])("writes %s", (formula, steps) => {
    expect(written(steps)).toEqual([`%0 = ${formula}`]);
  });

  it("names what goes out, and reads it by that name", () => {
    const steps = [
      { name: "Multiply", a: 0, b: 1 },
      { name: "Add", a: 3, b: 2 },
      { name: "Sub", a: 0, b: 4 },
    ] as const;
    expect(written(steps, [1, 2])).toEqual(["%0 = a × b + c", "%1 = a − %0"]);
  });

  it("names what is read twice, be it by one operation", () => {
    const steps = [
      { name: "Add", a: 0, b: 1 },
      { name: "Multiply", a: 3, b: 3 },
    ] as const;
    expect(written(steps)).toEqual(["t1 = a + b", "%0 = t1 × t1"]);
  });
});
