import { describe, it } from "vitest";
import { byJacobians, byOnePass, evaluate, w1, w2, w3, x } from "../../../examples/worked/09-chain-rule.ts";
import { expectRelative } from "./expect-relative.ts";

/** The derivatives written out, in float64: tanh′ = 1 − tanh². */
function onPaper() {
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, index) => sum + value * (b[index] ?? NaN), 0);
  const c = w3.map((row) => Math.tanh(dot(row, x)));
  const b = w2.map((row) => Math.tanh(dot(row, c)));
  const deltaB = b.map((output, j) => (w1[j] ?? NaN) * (1 - output ** 2));
  const deltaC = c.map((output, k) =>
    dot(
      deltaB,
      w2.map((row) => (row[k] ?? NaN) * (1 - output ** 2)),
    ),
  );
  return {
    value: dot(w1, b),
    w1: b,
    w2: deltaB.flatMap((delta) => c.map((output) => delta * output)),
    w3: deltaC.flatMap((delta) => x.map((input) => delta * input)),
  };
}

describe("W9: the chain rule through three layers", () => {
  it("has the value of the formula", async () => {
    expectRelative(await evaluate(), onPaper().value);
  });

  it.each([
    ["one backward pass", byOnePass],
    ["the product of local Jacobians", byJacobians],
  ])("finds all three gradients by %s", async (_, run) => {
    const found = await run();
    const expected = onPaper();
    expectRelative(found.w1, expected.w1);
    expectRelative(found.w2, expected.w2);
    expectRelative(found.w3, expected.w3);
  });

  it("finds the same both ways", async () => {
    const [pass, product] = [await byOnePass(), await byJacobians()];
    for (const layer of ["w1", "w2", "w3"] as const) expectRelative(product[layer], pass[layer]);
  });
});
