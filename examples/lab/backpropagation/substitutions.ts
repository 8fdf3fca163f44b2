import type { LayerNumbers, LayerPass, Network, Pair, Passes } from "./network.ts";
import type { Stage } from "./stages.ts";
import type { Quantity } from "./symbol.tsx";

/** A piece of an equation: a number, a quantity, or a sign. */
export type Term = number | Quantity | string;

/** An equation with the numbers put into it: what it is, each way of writing it, and what comes out. */
export interface Substitution {
  readonly quantity: Quantity;
  readonly steps: readonly (readonly Term[])[];
  readonly result: number;
}

const both = [0, 1] as const;
const inputNames = ["i1", "i2"] as const;
const hiddenNames = ["h1", "h2"] as const;
const outputNames = ["o1", "o2"] as const;

/** The equations of a stage for each neuron or weight, with the network's numbers. */
export function substitutionsOf(stage: Stage, network: Network, passes: Passes): Substitution[] {
  const { inputs, hidden, output } = network;
  switch (stage) {
    case "network":
      return [];
    case "hidden":
      return forward(hidden, passes.hidden, inputs, hiddenNames);
    case "output":
      return forward(output, passes.output, passes.hidden.a, outputNames);
    case "cost":
      return [costOf(network, passes)];
    case "bp1":
      return both.map((j) => outputError(network, passes, j));
    case "bp2":
      return both.map((k) => hiddenError(network, passes, k));
    case "bp3":
      return [...biasGradients(passes.output, outputNames), ...biasGradients(passes.hidden, hiddenNames)];
    case "bp4":
      return [
        ...weightGradients(passes.output, passes.hidden.a, outputNames, hiddenNames, "a"),
        ...weightGradients(passes.hidden, inputs, hiddenNames, inputNames, "x"),
      ];
    default:
      return [];
  }
}

function forward(
  { weights, biases }: LayerNumbers,
  { z, a }: LayerPass,
  from: Pair,
  names: readonly [string, string],
): Substitution[] {
  return both.flatMap((j) => {
    const [first, second] = weights[j];
    const sum = [first, "·", from[0], "+", second, "·", from[1], "+", biases[j]];
    return [
      { quantity: { letter: "z", neuron: names[j] }, steps: [sum], result: z[j] },
      { quantity: { letter: "a", neuron: names[j] }, steps: [["σ", "(", z[j], ")"]], result: a[j] },
    ];
  });
}

function costOf({ targets }: Network, { output: { a }, cost }: Passes): Substitution {
  const square = (j: 0 | 1): Term[] => ["(", targets[j], "−", a[j], ")²"];
  return { quantity: { letter: "C" }, steps: [["½", "(", ...square(0), "+", ...square(1), ")"]], result: cost };
}

/** a (1 − a) */
const slope = (a: number): Term[] => [a, "·", "(", 1, "−", a, ")"];

function outputError({ targets }: Network, { output: { a, delta } }: Passes, j: 0 | 1): Substitution {
  const steps = [["(", a[j], "−", targets[j], ")", "·", ...slope(a[j])]];
  return { quantity: { letter: "δ", neuron: outputNames[j] }, steps, result: delta[j] };
}

function hiddenError({ output: { weights } }: Network, passes: Passes, k: 0 | 1): Substitution {
  const { delta } = passes.output;
  const handedBack: Term[] = ["(", weights[0][k], "·", delta[0], "+", weights[1][k], "·", delta[1], ")"];
  const steps = [[...handedBack, "·", ...slope(passes.hidden.a[k])]];
  return { quantity: { letter: "δ", neuron: hiddenNames[k] }, steps, result: passes.hidden.delta[k] };
}

function biasGradients({ biasGradients: gradients }: LayerPass, names: readonly [string, string]): Substitution[] {
  return both.map((j) => ({
    quantity: { letter: "b", neuron: names[j], isGradient: true },
    steps: [[{ letter: "δ", neuron: names[j] }]],
    result: gradients[j],
  }));
}

function weightGradients(
  { delta, weightGradients: gradients }: LayerPass,
  from: Pair,
  names: readonly [string, string],
  fromNames: readonly [string, string],
  letter: "a" | "x",
): Substitution[] {
  return both.flatMap((j) =>
    both.map((k) => ({
      quantity: { letter: "w" as const, neuron: names[j], from: fromNames[k], isGradient: true },
      steps: [
        [{ letter, neuron: fromNames[k] }, "·", { letter: "δ" as const, neuron: names[j] }],
        [from[k], "·", delta[j]],
      ],
      result: gradients[j][k],
    })),
  );
}
