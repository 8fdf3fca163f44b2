import fc from "fast-check";
import type { Optimizer, OptimizerOptions } from "rivulet";
import { Adagrad, Adam, AdamW, RMSProp, SGD } from "rivulet/optimizers";

/** Rates at which a rule descends well on each of the problems of the shared tests. */
interface Rates {
  readonly parabola: number;
  readonly narrowBowl: number;
  readonly rosenbrock: number;
}

/** What an equation's own hyperparameters are called, and in which range they are tried. */
type Own = Readonly<Record<string, number>>;

/** One weight under a rule: what is left of it after a step along g at the rate η, the rule's t-th. In float64. */
type Reference = (weight: number, gradient: number, rate: number, step: number) => number;

/** A rule, or one of its forms, as the shared tests know it. */
export interface Rule {
  readonly name: string;
  /** @param own hyperparameters of the equation; without them, the rule's defaults, but for a momentum */
  readonly make: (options?: OptimizerOptions, own?: Own) => Optimizer;
  readonly rates: Rates;
  /** Hyperparameters to draw. */
  readonly own: fc.Arbitrary<Own>;
  /** The textbook's equation for one weight that starts with nothing remembered, written for numbers and apart from `optimizers/`. */
  readonly reference: (own: Own) => Reference;
}

/** ρ and β: not so near 0 that a centered variance, a difference of near numbers, is mostly rounding. */
const kept = fc.double({ min: 0.3, max: 0.99, noNaN: true });
const momentum = fc.double({ min: 0.01, max: 0.99, noNaN: true });
const epsilon = fc.double({ min: 1e-7, max: 1e-2, noNaN: true });
const { constant } = fc;

function sgd({ momentum: mu = 0 }: Own, nesterov: boolean): Reference {
  let velocity = 0;
  return (weight, gradient, rate) => {
    velocity = mu * velocity + gradient;
    return weight - rate * (nesterov ? gradient + mu * velocity : velocity);
  };
}

function adagrad({ initialAccumulator = NaN, epsilon: eps = NaN }: Own): Reference {
  let sum = initialAccumulator;
  return (weight, gradient, rate) => {
    sum += gradient ** 2;
    return weight - (rate * gradient) / Math.sqrt(sum + eps);
  };
}

function rmsProp({ rho = NaN, momentum: mu = 0, epsilon: eps = NaN }: Own, centered: boolean): Reference {
  let [square, mean, velocity] = [0, 0, 0];
  return (weight, gradient, rate) => {
    square = rho * square + (1 - rho) * gradient ** 2;
    mean = rho * mean + (1 - rho) * gradient;
    velocity = mu * velocity + (rate * gradient) / Math.sqrt(square - (centered ? mean ** 2 : 0) + eps);
    return weight - velocity;
  };
}

function adam({ beta1 = NaN, beta2 = NaN, epsilon: eps = NaN }: Own): Reference {
  let [mean, square] = [0, 0];
  return (weight, gradient, rate, step) => {
    mean = beta1 * mean + (1 - beta1) * gradient;
    square = beta2 * square + (1 - beta2) * gradient ** 2;
    return weight - (rate * (mean / (1 - beta1 ** step))) / (Math.sqrt(square / (1 - beta2 ** step)) + eps);
  };
}

/** Every rule, and every form of a rule that has other state. */
export const rules: readonly Rule[] = [
  {
    name: "SGD",
    make: (options, own) => new SGD({ ...options, ...own }),
    rates: { parabola: 0.3, narrowBowl: 0.03, rosenbrock: 0.005 },
    own: constant({}),
    reference: (own) => sgd(own, false),
  },
  {
    name: "SGD with momentum",
    make: (options, own) => new SGD({ momentum: 0.9, ...options, ...own }),
    rates: { parabola: 0.1, narrowBowl: 0.03, rosenbrock: 0.003 },
    own: fc.record({ momentum }),
    reference: (own) => sgd(own, false),
  },
  {
    name: "SGD with Nesterov's momentum",
    make: (options, own) => new SGD({ momentum: 0.9, ...options, ...own, nesterov: true }),
    rates: { parabola: 0.2, narrowBowl: 0.03, rosenbrock: 0.002 },
    own: fc.record({ momentum }),
    reference: (own) => sgd(own, true),
  },
  {
    name: "Adagrad",
    make: (options, own) => new Adagrad({ ...options, ...own }),
    rates: { parabola: 0.5, narrowBowl: 0.5, rosenbrock: 0.2 },
    own: fc.record({ initialAccumulator: fc.double({ min: 0, max: 1, noNaN: true }), epsilon }),
    reference: adagrad,
  },
  {
    name: "RMSProp",
    make: (options, own) => new RMSProp({ ...options, ...own }),
    rates: { parabola: 0.3, narrowBowl: 0.2, rosenbrock: 0.05 },
    own: fc.record({ rho: kept, epsilon }),
    reference: (own) => rmsProp(own, false),
  },
  {
    name: "RMSProp with momentum",
    make: (options, own) => new RMSProp({ momentum: 0.9, ...options, ...own }),
    rates: { parabola: 0.005, narrowBowl: 0.02, rosenbrock: 0.02 },
    own: fc.record({ rho: kept, momentum, epsilon }),
    reference: (own) => rmsProp(own, false),
  },
  {
    name: "centered RMSProp",
    make: (options, own) => new RMSProp({ ...options, ...own, centered: true }),
    rates: { parabola: 0.3, narrowBowl: 0.2, rosenbrock: 0.03 },
    own: fc.record({ rho: kept, epsilon }),
    reference: (own) => rmsProp(own, true),
  },
  {
    name: "centered RMSProp with momentum",
    make: (options, own) => new RMSProp({ momentum: 0.9, ...options, ...own, centered: true }),
    rates: { parabola: 0.02, narrowBowl: 0.02, rosenbrock: 0.02 },
    own: fc.record({ rho: kept, momentum, epsilon }),
    reference: (own) => rmsProp(own, true),
  },
  {
    name: "Adam",
    make: (options, own) => new Adam({ ...options, ...own }),
    rates: { parabola: 0.2, narrowBowl: 0.1, rosenbrock: 0.2 },
    own: fc.record({ beta1: kept, beta2: kept, epsilon }),
    reference: adam,
  },
  {
    name: "AdamW",
    make: (options, own) => new AdamW({ ...options, ...own }),
    rates: { parabola: 0.2, narrowBowl: 0.1, rosenbrock: 0.2 },
    own: fc.record({ beta1: kept, beta2: kept, epsilon }),
    reference: adam,
  },
];
