import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import type { Optimizer } from "rivulet";
import { describe, expect, it } from "vitest";
import { assign, disposeValues, snapshot } from "../../src/assignment.ts";
import { sizeOf } from "../../src/shape.ts";
import { schedules } from "../../src/schedules.ts";
import { Descent } from "../support/descent.ts";
import { expectClose } from "../support/expect-close.ts";
import { rules } from "../support/rules.ts";

const half = (w: tf.Tensor) => tf.mul(0.5, tf.sum(tf.square(w)));

/** ½ (x² + 50 y²): fifty times as steep one way as the other. */
const narrowBowl = (w: tf.Tensor) => tf.mul(0.5, tf.sum(tf.mul(tf.square(w), [1, 50])));

/** (1 − x)² + 100 (y − x²)², whose minimum lies at the end of a bent valley. */
function rosenbrock(w: tf.Tensor): tf.Tensor {
  const [x, y] = tf.split(w, 2) as [tf.Tensor, tf.Tensor];
  return tf.sum(tf.add(tf.square(tf.sub(1, x)), tf.mul(100, tf.square(tf.sub(y, tf.square(x))))));
}

/** Problems with their start, their steps, and what of the start's cost may be left after them. */
const problems = {
  parabola: { cost: half, start: [1], steps: 30, left: 0.05 },
  narrowBowl: { cost: narrowBowl, start: [1, 1], steps: 60, left: 0.01 },
  // Adagrad and plain descent get no further in so few steps.
  rosenbrock: { cost: rosenbrock, start: [-0.5, 0.5], steps: 200, left: 0.2 },
} as const;

/** Two parameters that meet in the cost, so that neither's gradient is the other's business alone. */
const together = (a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.square(tf.sub(a, tf.mul(3, b))));
const starts = [[1, -2], 0.5] as const;

/** All that comes before the equation. */
const everything = {
  learningRate: schedules.exponentialDecay({ initialLearningRate: 0.1, decaySteps: 2, decayRate: 0.5 }),
  weightDecay: 0.1,
  clipNorm: 4,
} as const;

function startTogether(): Descent {
  return new Descent(together, [...starts[0]], starts[1]);
}

/** One step against a given gradient. */
function stepAlong(optimizer: Optimizer, parameter: tf.Variable, gradient: readonly number[]): void {
  tf.tidy(() => {
    const tensor = tf.tensor([...gradient], parameter.shape);
    assign(optimizer.computeUpdates([parameter], [tensor]));
    optimizer.stepTaken([parameter]);
  });
}

describe.each(rules.map((rule) => [rule.name, rule] as const))("%s", (_, rule) => {
  it.each(["parabola", "narrowBowl", "rosenbrock"] as const)("converges: %s", async (name) => {
    const { cost, start, steps, left } = problems[name];
    // A rate that ends at 0: RMSProp would swing about the minimum by η for good.
    const learningRate = schedules.cosineDecay({ initialLearningRate: rule.rates[name], decaySteps: steps });
    using optimizer = rule.make({ learningRate });
    using descent = new Descent(cost, [...start]);
    const first = await descent.cost();
    descent.step(optimizer, steps);
    expect((await descent.cost()) / first).toBeLessThan(left);
  });

  it("does not depend on the parameters' order", async () => {
    using one = rule.make(everything);
    using other = rule.make(everything);
    using descent = startTogether();
    using reversed = new Descent((b, a) => together(a, b), starts[1], [...starts[0]]);
    descent.step(one, 4);
    reversed.step(other, 4);
    expect((await reversed.values()).toReversed()).toEqual(await descent.values());
  });

  it("goes the same way again after dispose and rebuild", async () => {
    const run = async () => {
      using optimizer = rule.make(everything);
      using descent = startTogether();
      descent.step(optimizer, 4);
      return descent.values();
    };
    expect(await run()).toEqual(await run());
  });

  it("leaks nothing over 100 steps", () => {
    using optimizer = rule.make(everything);
    using descent = startTogether();
    descent.step(optimizer);
    const { numTensors } = tf.memory();
    descent.step(optimizer, 99);
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it("goes back to slots and counts, and goes on from there as before", async () => {
    using optimizer = rule.make(everything);
    using descent = startTogether();
    const { parameters } = descent;
    descent.step(optimizer, 3);
    const values = snapshot([...parameters, ...optimizer.stateOf(parameters)]);
    const counts = optimizer.countsOf(parameters);
    descent.step(optimizer, 2);
    const expected = await descent.values();
    optimizer.reset(parameters);
    optimizer.restoreCounts(counts);
    assign(values);
    disposeValues(values);
    descent.step(optimizer, 2);
    expect(await descent.values()).toEqual(expected);
  });

  it("goes on in another rule, made from its options and given its state", async () => {
    using optimizer = rule.make(everything);
    using descent = startTogether();
    descent.step(optimizer, 3);
    using another = rule.make(JSON.parse(JSON.stringify(optimizer.toConfig())));
    using other = new Descent(together, ...(await descent.values()));
    for (const [index, parameter] of descent.parameters.entries()) {
      const steps = optimizer.countsOf([parameter]).get(parameter) ?? NaN;
      another.loadState(other.parameters[index] as tf.Variable, optimizer.stateByName(parameter), steps);
    }
    expect(another.toConfig()).toEqual(optimizer.toConfig());
    descent.step(optimizer, 2);
    other.step(another, 2);
    expect(await other.values()).toEqual(await descent.values());
  });

  it("takes a rate set in mid-run at once, as if a schedule had said so", async () => {
    const after = async (optimizer: Optimizer, change: () => void) => {
      using used = optimizer;
      using descent = startTogether();
      descent.step(used, 2);
      change();
      descent.step(used, 2);
      return descent.values();
    };
    const set = rule.make({ learningRate: 0.1 });
    const scheduled = rule.make({ learningRate: (step) => (step < 2 ? 0.1 : 0.025) });
    const expected = await after(scheduled, () => {});
    expect(await after(set, () => (set.learningRate = 0.025))).toEqual(expected);
  });

  it("is its equation, for any shape and hyperparameters", async () => {
    const number = fc.double({ min: -5, max: 5, noNaN: true });
    const drawn = fc.record({
      own: rule.own,
      learningRate: fc.double({ min: 1e-3, max: 1, noNaN: true }),
      weightDecay: fc.double({ min: 0, max: 0.5, noNaN: true }),
      shape: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }),
      numbers: fc.array(number, { minLength: 7, maxLength: 30 }),
    });
    const property = fc.asyncProperty(drawn, async ({ own, learningRate, weightDecay, shape, numbers }) => {
      const size = sizeOf(shape);
      // Starts and gradients, the one after the other, from the same few numbers.
      const values = Array.from({ length: size * 4 }, (_each, index) =>
        Math.fround(numbers[index % numbers.length] ?? 0),
      );
      const rows = [0, 1, 2, 3].map((row) => values.slice(row * size, (row + 1) * size));
      const [start = [], ...gradients] = rows;
      using optimizer = rule.make({ learningRate, weightDecay }, own);
      expect(optimizer.toConfig()).toMatchObject({ learningRate, weightDecay, ...own });
      const parameter = tf.tidy(() => tf.variable(tf.tensor(start, shape)));
      for (const gradient of gradients) stepAlong(optimizer, parameter, gradient);
      const expected = start.map((weight, index) => {
        const follow = rule.reference(own);
        return gradients.reduce((w, gradient, taken) => {
          return follow(w - learningRate * weightDecay * w, gradient[index] as number, learningRate, taken + 1);
        }, weight);
      });
      const end = [...(await parameter.data<"float32">())];
      parameter.dispose();
      // 1e-4: a centered variance is a difference of near numbers, under a root by which is divided.
      await expectClose(end, expected, 1e-4);
    });
    await fc.assert(property, { numRuns: 20 });
  });
});
