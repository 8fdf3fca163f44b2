import * as tf from "@tensorflow/tfjs-core";
import { Optimizer } from "rivulet";
import { Adagrad, Adam, RMSProp, SGD } from "rivulet/optimizers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { largestStableCurvature } from "../../../src/explain/rule-stability.ts";
import { stepDecay } from "../../../src/schedules.ts";
import { oneWeight } from "../../support/models.ts";

const rates = fc.double({ min: 1e-6, max: 10, noNaN: true });
const momenta = fc.double({ min: 0.01, max: 0.99, noNaN: true });

/** The closed forms, as the texts have them. */
const bounds = {
  plain: (rate: number) => 2 / rate,
  momentum: (rate: number, momentum: number) => (2 * (1 + momentum)) / rate,
  nesterov: (rate: number, momentum: number) => (2 * (1 + momentum)) / (rate * (1 + 2 * momentum)),
};

const rules = {
  plain: (learningRate: number) => new SGD({ learningRate }),
  momentum: (learningRate: number, momentum: number) => new SGD({ learningRate, momentum }),
  nesterov: (learningRate: number, momentum: number) => new SGD({ learningRate, momentum, nesterov: true }),
};

const kinds = ["plain", "momentum", "nesterov"] as const;

class SignDescent extends Optimizer {
  update(
    { parameter, gradient }: Record<"parameter" | "gradient", tf.Tensor>,
    { learningRate }: Record<"learningRate", tf.Scalar>,
  ) {
    return { parameter: tf.sub(parameter, tf.mul(learningRate, tf.sign(gradient))) };
  }
}

/** Steps by the gradient of the step before: w ← w − η g₋₁, which turns around the bottom, ever farther from ηλ = 1 on. */
class LateDescent extends Optimizer<"late"> {
  override get slots() {
    return { late: 0 };
  }

  update(
    { parameter, gradient, late }: Record<"parameter" | "gradient" | "late", tf.Tensor>,
    { learningRate }: Record<"learningRate", tf.Scalar>,
  ) {
    return { parameter: tf.sub(parameter, tf.mul(learningRate, late)), late: tf.clone(gradient) };
  }
}

describe("the largest curvature at which a rule is stable", () => {
  it.each(kinds)("is the closed form's for %s descent", async (kind) => {
    await fc.assert(
      fc.asyncProperty(rates, momenta, async (rate, momentum) => {
        const bound = (await largestStableCurvature(rules[kind](rate, momentum), 1)) ?? NaN;
        // The rule answers in float32, whose digits cancel a little.
        expect(bound / bounds[kind](rate, momentum)).toBeCloseTo(1, 4);
      }),
      { numRuns: 10 },
    );
  });

  it.each(kinds)(
    "is where %s descent tips over: its loss falls at 0.9 of that rate, and grows at 1.1",
    async (kind) => {
      // C = (3 w)²: λ = 18. The bound for the rate 1, over λ, is the largest stable rate.
      const largestRate = bounds[kind](1, 0.5) / 18;
      const run = async (share: number) => {
        using model = oneWeight();
        using optimizer = rules[kind](share * largestRate, 0.5);
        const { history } = await model.fit([[3]], [[0]], { loss: "mse", optimizer, epochs: 40, verbose: 0 });
        return history["loss"]?.at(-1);
      };
      expect(await run(0.9)).toBeLessThan(1e-3);
      expect(await run(1.1)).toBeGreaterThan(1e3);
    },
  );

  it.each([
    ["Adam", () => new Adam()],
    ["RMSProp", () => new RMSProp()],
    ["RMSProp with momentum", () => new RMSProp({ momentum: 0.9 })],
    ["Adagrad", () => new Adagrad()],
    ["a rule that takes the sign", () => new SignDescent()],
  ])("is none for %s, which scales its steps", async (_, make) => {
    expect(await largestStableCurvature(make(), 1)).toBeUndefined();
  });

  it("is that of the determinant for a rule of one's own that circles", async () => {
    expect(await largestStableCurvature(new LateDescent({ learningRate: 0.25 }), 1)).toBeCloseTo(4, 4);
  });

  it("is that of the rate which a schedule has at the step", async () => {
    const learningRate = stepDecay({ initialLearningRate: 1, decaySteps: 10, decayRate: 0.1 });
    const optimizer = new SGD({ learningRate });
    expect(await largestStableCurvature(optimizer, 1)).toBeCloseTo(2, 4);
    expect(await largestStableCurvature(optimizer, 11)).toBeCloseTo(20, 3);
  });
});
