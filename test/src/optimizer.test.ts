import * as tf from "@tensorflow/tfjs-core";
import { HyperparameterError, minimize, Optimizer, trainStep, type OptimizerOptions, type Sequential } from "rivulet";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { flatNumbers } from "../../src/nested-numbers.ts";
import { schedules } from "../../src/schedules.ts";
import { expectClose } from "../support/expect-close.ts";
import { curve, oneWeight, smallModel, weightsOf } from "../support/models.ts";

/** A rule of one's own: its equation, and no more. */
class SignDescent extends Optimizer {
  update(
    { parameter, gradient }: Record<"parameter" | "gradient", tf.Tensor>,
    rates: Record<"learningRate", tf.Scalar>,
  ) {
    return { parameter: tf.sub(parameter, tf.mul(rates.learningRate, tf.sign(gradient))) };
  }
}

/** 3 a − 4 b. */
function linear([a, b]: readonly tf.Tensor[]): tf.Tensor {
  return tf.sub(tf.mul(3, a ?? NaN), tf.mul(4, b ?? NaN));
}

function step(model: Sequential, optimizer: Optimizer): void {
  const { x, y } = curve(8);
  trainStep(model, x, y, { loss: "meanSquaredError", optimizer }).dispose();
}

describe("Optimizer", () => {
  it("trains by an equation of one's own", async () => {
    using model = smallModel();
    const before = flatNumbers(await weightsOf(model));
    step(model, new SignDescent({ learningRate: 0.25 }));
    const after = flatNumbers(await weightsOf(model));
    for (const [index, value] of after.entries())
      expect(Math.abs(value - (before[index] as number))).toBeCloseTo(0.25, 6);
  });

  it("keeps its state by parameter: one optimizer trains two models as two would", async () => {
    const train = async (optimizers: readonly Optimizer[]) => {
      using one = smallModel(1);
      using other = smallModel(2);
      for (let round = 0; round < 5; round++) {
        step(one, optimizers[0] as Optimizer);
        step(other, optimizers[1] as Optimizer);
      }
      return [await weightsOf(one), await weightsOf(other)];
    };
    const shared = new SGD({ momentum: 0.9 });
    const apart = [new SGD({ momentum: 0.9 }), new SGD({ momentum: 0.9 })];
    expect(await train([shared, shared])).toEqual(await train(apart));
  });

  it("fills a slot with the rule's first value, and with it again on the way back", async () => {
    class Accumulating extends Optimizer<"sum"> {
      override get slots() {
        return { sum: 0.5 };
      }

      update({ parameter, sum }: Record<"parameter" | "gradient" | "sum", tf.Tensor>) {
        return { parameter: tf.mul(parameter, 1), sum: tf.add(sum, 1) };
      }
    }
    using model = oneWeight();
    const optimizer = new Accumulating();
    const [x, y] = [[[1]], [[1]]];
    trainStep(model, x, y, { loss: "mse", optimizer }).dispose();
    expect(await optimizer.stateOf(model.parameters)[0]?.array()).toEqual([[1.5]]);
    optimizer.reset(model.parameters);
    expect(await optimizer.stateOf(model.parameters)[0]?.array()).toEqual([[0.5]]);
  });

  it("counts the steps of each parameter, once they are assigned", () => {
    using one = smallModel(1);
    using other = smallModel(2);
    using optimizer = new SGD();
    const counts = (model: Sequential) => [...optimizer.countsOf(model.parameters).values()];
    step(one, optimizer);
    step(one, optimizer);
    step(other, optimizer);
    expect(counts(one)).toEqual([2, 2, 2, 2]);
    tf.tidy(() => void optimizer.computeUpdates(one.parameters, one.parameters));
    expect(counts(one)).toEqual([2, 2, 2, 2]);
    expect(counts(other)).toEqual([1, 1, 1, 1]);
    optimizer.reset(other.parameters);
    expect(counts(other)).toEqual([0, 0, 0, 0]);
    optimizer.restoreCounts(new Map(other.parameters.map((parameter, index) => [parameter, index])));
    expect(counts(other)).toEqual([0, 1, 2, 3]);
  });

  it("counts the steps of fit, and takes back those that a diverged epoch took", async () => {
    using model = oneWeight();
    using optimizer = new SGD({ learningRate: 1e-6 });
    const options = { loss: "meanSquaredError", optimizer, batchSize: 1, shuffle: false, verbose: 0 } as const;
    await model.fit([[1], [1], [1]], [[0], [0], [0]], { ...options, epochs: 2 });
    expect([...optimizer.countsOf(model.parameters).values()]).toEqual([6]);
    // The loss of the third batch overflows.
    const run = model.fit([[1], [1], [1e30]], [[0], [0], [0]], options);
    await expect(run).rejects.toThrow("The loss became Infinity in epoch 0, batch 2");
    expect([...optimizer.countsOf(model.parameters).values()]).toEqual([6]);
  });

  it("follows a schedule, each parameter by its own count", async () => {
    using model = oneWeight();
    using later = oneWeight();
    using optimizer = new SignDescent({ learningRate: (taken) => [1, 0.5, 0.25][taken] ?? NaN });
    const descend = (which: Sequential) => trainStep(which, [[1]], [[-9]], { loss: "mse", optimizer }).dispose();
    // From 1 down towards −9, by the rate: to 0, −0.5.
    expect(optimizer.learningRate).toBe(1);
    descend(model);
    descend(model);
    await expectClose((await weightsOf(model))[0] ?? NaN, [[-0.5]]);
    expect(optimizer.learningRate).toBe(0.25);
    descend(later);
    await expectClose((await weightsOf(later))[0] ?? NaN, [[0]]);
    expect(optimizer.learningRate).toBe(0.25);
  });

  it("follows a schedule along minimize's path, and from its start in the next one", async () => {
    using optimizer = new SGD({ learningRate: (taken) => [0.5, 0.25][taken] ?? NaN });
    for (const _ of [1, 2]) {
      // f(w) = w: w falls by η.
      const { path } = await minimize((w) => tf.sum(w), 1, { optimizer, steps: 2 });
      expect(path.map(({ point }) => point)).toEqual([1, 0.5, 0.25]);
    }
  });

  it("follows a schedule in fit, also when a diverged epoch is gone over again", async () => {
    using model = oneWeight();
    // ∂C/∂w = 2 w x² = 2 w: w = 1 − 0.125 · 2 = 0.75.
    using optimizer = new SGD({ learningRate: (taken) => [0.125, 0.25, 0.125, 0.25, 1][taken] ?? NaN });
    const options = { loss: "meanSquaredError", optimizer, batchSize: 1, shuffle: false, verbose: 0 } as const;
    await model.fit([[1]], [[0]], options);
    expect(flatNumbers(await weightsOf(model))).toEqual([0.75]);
    // w = 0.75 − 0.25 · 1.5 = 0.375, then 0.375 − 0.125 · 0.75 = 0.28125, of gradient 0.5625; the fourth batch overflows.
    const run = model.fit([[1], [1], [1], [1e30]], [[0], [0], [0], [0]], options);
    await expect(run).rejects.toMatchObject({ batch: 3, gradientNorm: 0.5625 });
    expect(flatNumbers(await weightsOf(model))).toEqual([0.75]);
    expect(optimizer.learningRate).toBe(0.25);
  });

  it("gives parameters of one step each the rate of its own count", async () => {
    const [young, old] = tf.tidy(() => [tf.variable(tf.scalar(0)), tf.variable(tf.scalar(0))]) as [
      tf.Variable,
      tf.Variable,
    ];
    using optimizer = new SignDescent({ learningRate: (taken) => 1 + taken });
    optimizer.restoreCounts(new Map([[old, 9]]));
    tf.tidy(() => {
      for (const { variable, value } of optimizer.computeUpdates([young, old], [tf.scalar(1), tf.scalar(1)]))
        variable.assign(value);
    });
    expect([await young.array(), await old.array()]).toEqual([-1, -10]);
    tf.dispose([young, old]);
  });

  it("takes a learning rate or a schedule set in mid-run from the next step on", async () => {
    using model = oneWeight();
    using optimizer = new SignDescent({ learningRate: 1 });
    const descend = () => trainStep(model, [[1]], [[-9]], { loss: "mse", optimizer }).dispose();
    descend();
    optimizer.learningRate = 0.5;
    descend();
    expect(optimizer.schedule).toBeUndefined();
    // The third step: t = 2, so η = 0.25.
    const halving = schedules.stepDecay({ initialLearningRate: 1, decaySteps: 1, decayRate: 0.5 });
    optimizer.learningRate = halving;
    expect(optimizer.schedule).toBe(halving);
    expect(optimizer.learningRate).toBe(0.25);
    descend();
    optimizer.learningRate = { schedule: "stepDecay", initialLearningRate: 1, decaySteps: 3, decayRate: 0.125 };
    descend();
    await expectClose((await weightsOf(model))[0] ?? NaN, [[1 - 1 - 0.5 - 0.25 - 0.125]]);
  });

  it("stands still at a rate of 0 that a schedule gives", async () => {
    using model = oneWeight();
    const learningRate = schedules.cosineDecay({
      initialLearningRate: 0,
      decaySteps: 1,
      warmupTarget: 0.5,
      warmupSteps: 1,
    });
    using optimizer = new SignDescent({ learningRate });
    const weights: unknown[] = [];
    for (let count = 0; count < 4; count++) {
      trainStep(model, [[1]], [[-9]], { loss: "mse", optimizer }).dispose();
      weights.push(flatNumbers(await weightsOf(model))[0]);
    }
    // η = 0, 0.5, 0, 0
    expect(weights).toEqual([1, 0.5, 0.5, 0.5]);
  });

  it.each([NaN, -1, Infinity, 1e39, "0.1", undefined, null])(
    "stops before anything is assigned where a schedule returns %o",
    async (rate) => {
      using model = oneWeight();
      using optimizer = new SignDescent({ learningRate: (taken) => (taken === 0 ? 0.5 : (rate as number)) });
      const descend = () => trainStep(model, [[1]], [[-9]], { loss: "mse", optimizer });
      descend().dispose();
      const came = typeof rate === "string" ? `"${rate}"` : String(rate);
      const message =
        "SignDescent's schedule must return a finite learning rate, 0 or more. " +
        `At step 1 (counted from 0) it returned ${came}.`;
      expect(descend).toThrow(new HyperparameterError(message, "learningRate", rate));
      expect(await weightsOf(model)).toEqual([[[0.5]]]);
      expect([...optimizer.countsOf(model.parameters).values()]).toEqual([1]);
    },
  );

  it.each([
    [0, "SignDescent expects learningRate to be a finite number above 0, got 0. 0.01 is a start."],
    [
      "0.1",
      'SignDescent expects learningRate to be a finite number above 0, or a schedule, got "0.1". 0.01 is a start.',
    ],
    [[], "SignDescent expects learningRate to be a finite number above 0, or a schedule, got []. 0.01 is a start."],
    [null, "SignDescent expects learningRate to be a finite number above 0, or a schedule, got null. 0.01 is a start."],
    [
      { schedule: "cosine" },
      'There is no schedule "cosine". Did you mean "cosineDecay"? ' +
        "Known: stepDecay, exponentialDecay, inverseTimeDecay, cosineDecay.",
    ],
  ])("refuses %o for a learning rate", (learningRate, message) => {
    const given = learningRate as number;
    expect(() => new SignDescent({ learningRate: given })).toThrow(expect.objectContaining({ message }));
    const optimizer = new SignDescent({ learningRate: 0.5 });
    expect(() => (optimizer.learningRate = given)).toThrow(expect.objectContaining({ message }));
    expect(optimizer.learningRate).toBe(0.5);
  });

  it("decays weights before the step of a rule of one's own, by the rate of that step", async () => {
    using model = oneWeight();
    const learningRate = schedules.stepDecay({ initialLearningRate: 0.5, decaySteps: 1, decayRate: 0.5 });
    using optimizer = new SignDescent({ learningRate, weightDecay: 0.4 });
    // w₁ = 1 − 0.5 · 0.4 · 1 − 0.5 = 0.3,   w₂ = 0.3 − 0.25 · 0.4 · 0.3 − 0.25 = 0.02
    for (let count = 0; count < 2; count++) {
      trainStep(model, [[1]], [[-9]], { loss: "mse", optimizer }).dispose();
    }
    await expectClose((await weightsOf(model))[0] ?? NaN, [[0.02]]);
  });

  it.each([
    // Gradients 3 and −4 from 0, by plain descent at η = 1.
    [{ clipValue: 2 }, [-2, 2]],
    [{ clipNorm: 3.5 }, [-3, 3.5]],
    [{ globalClipNorm: 1 }, [-0.6, 0.8]],
    [{}, [-3, 4]],
  ] satisfies [OptimizerOptions, number[]][])("clips the gradients that a rule sees: %o", async (options, expected) => {
    const parameters = tf.tidy(() => [tf.variable(tf.scalar(0)), tf.variable(tf.scalar(0))]);
    using optimizer = new SGD({ learningRate: 1, ...options });
    const model = { forward: () => linear(parameters), parameters, nameOf: () => "w", isDisposed: false };
    trainStep(model, 0, 0, { loss: (_, output) => output as tf.Scalar, optimizer }).dispose();
    await expectClose(await Promise.all(parameters.map((w) => w.array())), expected);
    tf.dispose(parameters);
  });

  it.each([-1, NaN, Infinity, "0.1", null])("refuses a weight decay of %o", (weightDecay) => {
    const came = typeof weightDecay === "string" ? `"${weightDecay}"` : String(weightDecay);
    const message = `SignDescent expects weightDecay to be a finite number, 0 or more, got ${came}.`;
    const refusal = expect.objectContaining({ name: "HyperparameterError", message, value: weightDecay });
    expect(() => new SignDescent({ weightDecay: weightDecay as number })).toThrow(refusal);
  });

  it("is freed of a parameter's state when the model goes", () => {
    const model = smallModel();
    const optimizer = new SGD({ momentum: 0.9 });
    step(model, optimizer);
    expect(optimizer.stateOf(model.parameters)).toHaveLength(4);
    model.dispose();
    expect(optimizer.stateOf(model.parameters)).toEqual([]);
  });

  it("starts anew after dispose and rebuild", async () => {
    const run = async () => {
      using model = smallModel();
      using optimizer = new SGD({ momentum: 0.9 });
      for (let count = 0; count < 3; count++) step(model, optimizer);
      return weightsOf(model);
    };
    expect(await run()).toEqual(await run());
  });

  it("refuses to step once disposed", () => {
    using model = smallModel();
    const optimizer = new SGD();
    optimizer.dispose();
    expect(() => step(model, optimizer)).toThrow("This SGD was disposed. Make a new one.");
  });
});
