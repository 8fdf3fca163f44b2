import { builtInProblem, problemNames as known } from "rivulet";
import { expect, it } from "vitest";
import { problemNames, problems } from "../../../../examples/lab/race/problems.ts";

it("races all of the library's built-in problems", () => {
  expect(problemNames.toSorted()).toEqual(known.toSorted());
});

it.each(problemNames)("sets %s up as the library does", async (name) => {
  const { layers, activation, learningRate, epochs, x } = await builtInProblem(name);
  const setting = problems[name];
  expect({ layers: setting.layers, rate: setting.rate, epochs: setting.epochs }).toEqual({
    layers,
    rate: learningRate,
    epochs,
  });
  // Without a hidden layer an activation is of no account.
  expect(setting.activation).toBe(activation ?? "tanh");
  expect(setting.samples).toBe(Array.isArray(x) ? x.length : undefined);
});
