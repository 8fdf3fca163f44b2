import type { Optimizer } from "rivulet";
import { Adagrad, Adam, RMSProp, SGD } from "rivulet/optimizers";
import type { Look } from "../charts/mark.tsx";

/** η and μ, as the sliders have them. */
export interface Rates {
  readonly rate: number;
  readonly momentum: number;
}

/** An update rule to descend by, and how its path looks. */
export interface Rule {
  /** A new optimizer; the caller disposes of it. */
  readonly make: (rates: Rates) => Optimizer;
  readonly look: Look;
  readonly hasMomentum: boolean;
}

/** All of them, in the order in which they are listed. Those without momentum take no notice of it. */
export const rules = {
  sgd: {
    make: ({ rate }) => new SGD({ learningRate: rate }),
    look: { colour: "--rule-1", shape: "circle", dashes: [] },
    hasMomentum: false,
  },
  momentum: {
    make: ({ rate, momentum }) => new SGD({ learningRate: rate, momentum }),
    look: { colour: "--rule-2", shape: "square", dashes: [9, 4] },
    hasMomentum: true,
  },
  nesterov: {
    // Without momentum there is nothing to look ahead along.
    make: ({ rate, momentum }) => new SGD({ learningRate: rate, momentum, nesterov: momentum > 0 }),
    look: { colour: "--rule-3", shape: "triangle", dashes: [3, 3] },
    hasMomentum: true,
  },
  adagrad: {
    make: ({ rate }) => new Adagrad({ learningRate: rate }),
    look: { colour: "--rule-4", shape: "diamond", dashes: [12, 3, 3, 3] },
    hasMomentum: false,
  },
  rmsprop: {
    make: ({ rate }) => new RMSProp({ learningRate: rate }),
    look: { colour: "--rule-5", shape: "cross", dashes: [6, 3, 2, 3, 2, 3] },
    hasMomentum: false,
  },
  adam: {
    make: ({ rate }) => new Adam({ learningRate: rate }),
    look: { colour: "--rule-6", shape: "hourglass", dashes: [2, 4] },
    hasMomentum: false,
  },
} as const satisfies Record<string, Rule>;

export type RuleName = keyof typeof rules;

export const ruleNames = Object.keys(rules) as RuleName[];
