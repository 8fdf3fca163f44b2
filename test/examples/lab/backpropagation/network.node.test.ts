import { evaluate } from "mathjs/number";
import { beforeEach, describe, expect, it } from "vitest";
import { findGradients } from "../../../../examples/lab/backpropagation/by-library.ts";
import { passThrough, type LayerPass, type Network } from "../../../../examples/lab/backpropagation/network.ts";
import { changeNumber, network, resetNumbers, state } from "../../../../examples/lab/backpropagation/state.ts";
import { stages } from "../../../../examples/lab/backpropagation/stages.ts";
import { substitutionsOf } from "../../../../examples/lab/backpropagation/substitutions.ts";
import { expectRelative } from "../../worked/expect-relative.ts";

beforeEach(() => {
  state.open({});
});

/** W5's figures, in float64. */
const known = {
  hidden: {
    z: [0.6, 0.67],
    a: [0.6456563062257954, 0.6615031592029524],
    delta: [0.011232066954600502, 0.013374304651329563],
    biasGradients: [0.011232066954600502, 0.013374304651329563],
    weightGradients: [
      [0.0011232066954600503, 0.0022464133909201006],
      [0.0013374304651329564, 0.0026748609302659127],
    ],
  },
  output: {
    a: [0.7989476413779711, 0.8390480283342561],
    delta: [0.12672890240521034, -0.02038552555158525],
    biasGradients: [0.12672890240521034, -0.02038552555158525],
    weightGradients: [
      [0.08182331501899742, 0.08383156930336928],
      [-0.013162043128108104, -0.013485089554386154],
    ],
  },
  cost: 0.3226124392928197,
} as const;

function expectKnown(layer: LayerPass, wanted: typeof known.output, tolerance: number): void {
  expectRelative(layer.a, wanted.a, tolerance);
  expectRelative(layer.delta, wanted.delta, tolerance);
  expectRelative(layer.biasGradients, wanted.biasGradients, tolerance);
  expectRelative(layer.weightGradients, wanted.weightGradients, tolerance);
}

describe("W5 on the page", () => {
  it("comes out of the equations to the last digits", () => {
    const { hidden, output, cost } = passThrough(network.value);
    // Float64 throughout: the figures differ in nothing but the order of sums.
    expectKnown(hidden, known.hidden as unknown as typeof known.output, 1e-13);
    expectKnown(output, known.output, 1e-13);
    expectRelative(cost, known.cost, 1e-13);
  });

  it("comes out of automatic differentiation in float32, and of nudging", async () => {
    const { automatic, nudged, check } = await findGradients(network.value);
    expectKnown(automatic.hidden, known.hidden as unknown as typeof known.output, 2e-6);
    expectKnown(automatic.output, known.output, 2e-6);
    expectRelative(automatic.cost, known.cost, 1e-6);
    // A nudge of 0.03 in float32, of gradients a hundred times smaller than the cost.
    expectRelative(nudged.hidden.weightGradients, known.hidden.weightGradients, 2e-3);
    expectRelative(nudged.hidden.biasGradients, known.hidden.biasGradients, 2e-3);
    expectRelative(nudged.output.weightGradients, known.output.weightGradients, 2e-3);
    expectRelative(nudged.output.biasGradients, known.output.biasGradients, 2e-3);
    expect(check).toMatchObject({ passed: true, forwardPasses: 24 });
  });

  it("agrees with automatic differentiation also where every number was changed", async () => {
    const changed: Network = {
      inputs: [-1, 2],
      targets: [1, 0],
      hidden: {
        weights: [
          [0.3, -0.7],
          [1.1, 0.2],
        ],
        biases: [-0.4, 0.9],
      },
      output: {
        weights: [
          [-0.2, 0.5],
          [0.8, -1.3],
        ],
        biases: [0.1, -0.6],
      },
    };
    const passes = passThrough(changed);
    const { automatic } = await findGradients(changed);
    for (const layer of ["hidden", "output"] as const) {
      // Float32 beside float64.
      expectRelative(automatic[layer].delta, passes[layer].delta, 1e-5);
      expectRelative(automatic[layer].weightGradients, passes[layer].weightGradients, 1e-5);
    }
  });
});

describe("the numbers put into the equations", () => {
  it.each(stages)("of %s come out as they say", (stage) => {
    const lines = substitutionsOf(stage, network.value, passThrough(network.value));
    for (const { steps, result } of lines) {
      for (const terms of steps.filter((each) => each.every((term) => typeof term !== "object"))) {
        expectRelative(worth(terms), result, 1e-12);
      }
    }
    const counts = { network: 0, hidden: 4, output: 4, cost: 1, bp1: 2, bp2: 2, bp3: 4, bp4: 8 };
    expect(lines).toHaveLength(counts[stage]);
  });

  it("are those of each neuron", () => {
    const [first] = substitutionsOf("bp1", network.value, passThrough(network.value));
    expect(first?.quantity).toEqual({ letter: "δ", neuron: "o1" });
    expect(first?.steps[0]?.slice(0, 5)).toEqual(["(", passThrough(network.value).output.a[0], "−", 0.01, ")"]);
  });
});

/** What an equation's right side is worth, worked out as it is written: by mathjs, whose evaluation stands in a test only. */
function worth(terms: readonly unknown[]): number {
  const signs: Readonly<Record<string, string>> = { "·": "*", "−": "-", ")²": ")^2", "½": "0.5*", σ: "sigmoid" };
  const formula = terms.map((term) => (typeof term === "number" ? `(${term})` : (signs[String(term)] ?? String(term))));
  return Number(evaluate(formula.join(""), { sigmoid: (z: number) => 1 / (1 + Math.exp(-z)) }));
}

describe("the back-propagation page's state", () => {
  it("comes back from the address as it was", () => {
    changeNumber("w2", 3, -2.5);
    changeNumber("x", 0, 1e-3);
    state.change({ stage: "bp3" });
    const { fields } = state.written.value;
    const left = state.value;
    state.open({});
    expect(state.open(fields)).toBe(true);
    expect(state.value).toEqual(left);
    expect(network.value.output.weights[1][1]).toBe(-2.5);
  });

  it.each([{ w1: "0.1,0.2,0.3" }, { y: "0,2" }, { stage: "bp5" }, { x: "a,b" }])("does not open %j", (fields) => {
    expect(state.open(fields as Record<string, string>)).toBe(false);
    expect(state.value.stage).toBe("network");
  });

  it("goes back to the first numbers, and stays at its equation", () => {
    changeNumber("b1", 1, 4);
    state.change({ stage: "bp4" });
    resetNumbers();
    expect(state.value).toMatchObject({ b1: [0.55, 0.56], stage: "bp4" });
  });
});
