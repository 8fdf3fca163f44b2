import type { RuleTranslation, TfjsRule } from "../src/saved-optimizer.ts";

/** tfjs's Adagrad takes no ε: it is the backend's. */
const epsilonOfTfjs = 1e-7;

const sgd: RuleTranslation = {
  write: ({ learningRate = null, momentum = null, nesterov = null }): TfjsRule =>
    momentum === 0
      ? { className: "SGD", config: { learningRate }, slots: [] }
      : {
          className: "Momentum",
          config: { learningRate, momentum, useNesterov: nesterov },
          slots: [["velocity", "momentum"]],
        },
  read: (className) => (className === "Momentum" ? ["velocity"] : className === "SGD" ? [] : undefined),
};

const adagrad: RuleTranslation = {
  write: ({ learningRate = null, initialAccumulator = null, epsilon }) =>
    epsilon === epsilonOfTfjs
      ? {
          className: "Adagrad",
          config: { learningRate, initialAccumulatorValue: initialAccumulator },
          slots: [["accumulator", "accumulator"]],
        }
      : undefined,
  read: (className) => (className === "Adagrad" ? ["accumulator"] : undefined),
};

/** tfjs always has a velocity: with a momentum of 0 it is the last step, and counts for nothing. */
const rmsProp: RuleTranslation = {
  write: ({ learningRate = null, rho = null, momentum = null, epsilon = null, centered = null }) => ({
    className: "RMSProp",
    config: { learningRate, decay: rho, momentum, epsilon, centered },
    slots: [["meanSquare", "rms"], ["velocity", "momentum"], ...(centered === true ? [["mean", "mg"] as const] : [])],
  }),
  read: (className, { centered }) => {
    if (className !== "RMSProp" && className !== "RMSprop") return undefined;
    return ["meanSquare", "velocity", ...(centered === true ? ["mean"] : [])];
  },
};

const adam: RuleTranslation = {
  write: ({ learningRate = null, beta1 = null, beta2 = null, epsilon = null }) => ({
    className: "Adam",
    config: { learningRate, beta1, beta2, epsilon },
    slots: [
      ["firstMoment", "m"],
      ["secondMoment", "v"],
    ],
  }),
  read: (className) => (className === "Adam" ? ["firstMoment", "secondMoment"] : undefined),
};

/** The rules that tfjs-layers has too, by the names of their classes here. */
export const savedRules = { SGD: sgd, Adagrad: adagrad, RMSProp: rmsProp, Adam: adam } as const satisfies Readonly<
  Record<string, RuleTranslation>
>;
