import * as tf from "@tensorflow/tfjs-core";
import { Optimizer } from "rivulet";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { schedules } from "../../src/schedules.ts";
import { Descent } from "../support/descent.ts";

/** What a file would hold of an optimizer and of one parameter. */
async function written(optimizer: Optimizer, parameter: tf.Variable) {
  const slots = Object.entries(optimizer.stateByName(parameter));
  const values = await Promise.all(slots.map(async ([name, variable]) => [name, await variable.array()]));
  return {
    config: JSON.stringify(optimizer.toConfig()),
    values,
    steps: optimizer.countsOf([parameter]).get(parameter),
  };
}

describe("what is saved of an optimizer", () => {
  it("is enough to go on in another", async () => {
    using descent = new Descent((w) => tf.sum(tf.square(w)), [1, -2]);
    const [w] = descent.parameters as [tf.Variable];
    const learningRate = schedules.stepDecay({ initialLearningRate: 0.25, decaySteps: 2, decayRate: 0.5 });
    using optimizer = new SGD({ learningRate, momentum: 0.5, nesterov: true, weightDecay: 0.5, clipNorm: 1 });
    descent.step(optimizer, 3);
    const { config, values, steps } = await written(optimizer, w);
    expect(steps).toBe(3);
    using other = new Descent((v) => tf.sum(tf.square(v)), ...(await descent.values()));
    using another = new SGD(JSON.parse(config));
    tf.tidy(() => {
      const state = Object.fromEntries(values.map(([name, value]) => [name, tf.tensor(value as number[])]));
      another.loadState(other.parameters[0] as tf.Variable, state, steps ?? NaN);
    });
    expect(another.learningRate).toBe(0.125);
    descent.step(optimizer, 2);
    other.step(another, 2);
    expect(await other.values()).toEqual(await descent.values());
    expect(another.toConfig()).toEqual(optimizer.toConfig());
  });

  it("are the options as they hold by then, and those slots alone that the rule still uses", () => {
    using descent = new Descent(tf.square, 1);
    const [w] = descent.parameters as [tf.Variable];
    using optimizer = new SGD({ learningRate: 0.1, momentum: 0.9, globalClipNorm: 2 });
    descent.step(optimizer);
    expect(Object.keys(optimizer.stateByName(w))).toEqual(["velocity"]);
    optimizer.learningRate = schedules.constant(0.2);
    optimizer.momentum = 0;
    expect(optimizer.toConfig()).toEqual({
      learningRate: 0.2,
      weightDecay: 0,
      globalClipNorm: 2,
      momentum: 0,
      nesterov: false,
    });
    expect(optimizer.stateByName(w)).toEqual({});
  });

  it("is there before the first step, too", async () => {
    using descent = new Descent(tf.square, 1);
    using optimizer = new SGD({ momentum: 0.9 });
    const { values, steps } = await written(optimizer, descent.parameters[0] as tf.Variable);
    expect({ values, steps }).toEqual({ values: [["velocity", 0]], steps: 0 });
  });

  it("cannot be a function of the user's", () => {
    const learningRate = (step: number) => 1 / (1 + step);
    const message =
      "SGD cannot be saved with a function of yours as its learning rate. " +
      "Set learningRate to a number, or to one of schedules, first.";
    const refusal = expect.objectContaining({ name: "HyperparameterError", message, value: learningRate });
    expect(() => new SGD({ learningRate }).toConfig()).toThrow(refusal);
  });

  it.each([
    [{}, 1, "SGD expects slot velocity to be a float32 tensor, got undefined."],
    [{ velocity: 1 }, 1, "SGD expects slot velocity to be a float32 tensor, got 1."],
    [{ velocity: "int32" }, 1, "SGD expects slot velocity to be a float32 tensor, got a tensor of shape []."],
    [{ velocity: [1, 2, 3] }, 1, "SGD expects slot velocity of shape [2], got [3]."],
    [{ velocity: [1, 2], mass: [1, 2] }, 1, 'SGD has no slot "mass". Known: velocity.'],
    [JSON.parse('{ "__proto__": [1, 2] }'), 1, 'SGD has no slot "__proto__". Known: velocity.'],
    [null, 1, "SGD expects a parameter's state to be an object of tensors by slot, got null."],
    [{ velocity: [1, 2] }, -1, "SGD expects the count of steps to be a whole number, 0 or more, got -1."],
    [{ velocity: [1, 2] }, 1.5, "SGD expects the count of steps to be a whole number, 0 or more, got 1.5."],
  ] satisfies [Record<string, unknown> | null, number, string][])(
    "refuses %o with %f steps, and changes nothing",
    async (values, steps, message) => {
      using descent = new Descent((w) => tf.sum(w), [1, 2]);
      using optimizer = new SGD({ momentum: 0.5 });
      descent.step(optimizer);
      const [w] = descent.parameters as [tf.Variable];
      const state = values && Object.fromEntries(Object.entries(values).map(([name, value]) => [name, slotOf(value)]));
      const load = () => optimizer.loadState(w, state as Record<string, tf.Tensor>, steps);
      expect(load).toThrow(expect.objectContaining({ message }));
      tf.dispose(state ?? []);
      expect(await optimizer.stateByName(w)["velocity"]?.array()).toEqual([1, 1]);
      expect(optimizer.countsOf([w]).get(w)).toBe(1);
    },
  );

  it("is gone with a disposed optimizer", () => {
    using descent = new Descent(tf.square, 1);
    const [w] = descent.parameters as [tf.Variable];
    const optimizer = new SGD({ momentum: 0.9 });
    optimizer.dispose();
    expect(() => optimizer.stateByName(w)).toThrow("This SGD was disposed. Make a new one.");
    expect(() => optimizer.loadState(w, {}, 0)).toThrow("This SGD was disposed. Make a new one.");
  });
});

/** Arrays become tensors, "int32" one of that type; anything else stays. */
function slotOf(value: unknown): unknown {
  if (value === "int32") return tf.scalar(1, "int32");
  return Array.isArray(value) ? tf.tensor(value) : value;
}
