import * as tf from "@tensorflow/tfjs-core";
import {
  checkGradients,
  directionalDerivative,
  DivergenceError,
  gradient,
  minimize,
  type ScalarFunction,
  Sequential,
  traceBackprop,
  type Layer,
} from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { expectClose } from "../../support/expect-close.ts";
import { smallModel, weightsOf } from "../../support/models.ts";

const parabola = (x: tf.Tensor) => tf.add(tf.square(tf.sub(x, 2)), 1);
const bowl = (point: tf.Tensor) => tf.sum(tf.square(point));

describe("gradient", () => {
  it("has its point's shape", async () => {
    const slope = gradient(bowl)([
      [1, 2],
      [3, 4],
    ]);
    await expectClose(slope, [
      [2, 4],
      [6, 8],
    ]);
    slope.dispose();
  });

  it("gives one for each point from one pass", async () => {
    const product = gradient((x, y) => tf.mul(x, y));
    const slopes = product(3, 5);
    await expectClose(slopes[0] ?? NaN, 5);
    await expectClose(slopes[1] ?? NaN, 3);
    tf.dispose(slopes);
  });

  it("takes a tensor, and leaves it as it was", async () => {
    const point = tf.tensor1d([1, 2]);
    const slope = gradient(bowl)(point);
    await expectClose(slope, [2, 4]);
    await expectClose(point, [1, 2]);
    tf.dispose([point, slope]);
  });

  it("refuses what is not a scalar, and what does not depend on its point", () => {
    expect(() => gradient((x) => tf.square(x))([1, 2])).toThrow(
      "What is differentiated must be a scalar tensor, got a tensor of shape [2]. Take its tf.mean or tf.sum.",
    );
    expect(() => gradient((x) => x.dataSync() as never)(1)).toThrow("What is differentiated must be a scalar tensor");
    expect(() => gradient((x, _y) => tf.square(x))(1, 2)).toThrow("The loss does not depend on point 2,");
    expect(() => gradient((_x) => tf.scalar(1))(1)).toThrow("The loss does not depend on point 1,");
  });
});

describe("directionalDerivative", () => {
  it("is ∇f · e, whatever the direction's length", async () => {
    // ∇(x² + y²) at (3, 2) is (6, 4); e = (0.6, 0.8).
    const slope = directionalDerivative(bowl, [3, 2], [30, 40]);
    await expectClose(slope, 6.8);
    slope.dispose();
  });

  it("refuses a direction of another shape, and one of length 0", () => {
    expect(() => directionalDerivative(bowl, [3, 2], [1])).toThrow(
      "directionalDerivative expects a direction of shape [2], got [1]. Give it the point's shape.",
    );
    expect(() => directionalDerivative(bowl, [3, 2], [0, 0])).toThrow("expects a direction other than 0.");
  });
});

describe("minimize", () => {
  it("keeps the path, from the start to where the last step led", async () => {
    const { path, point, value } = await minimize(bowl, [3, 2], {
      optimizer: new SGD({ learningRate: 0.1 }),
      steps: 1,
    });
    expect(path.map(({ step }) => step)).toEqual([0, 1]);
    await expectClose(path[0]?.point ?? NaN, [3, 2]);
    await expectClose(path[0]?.gradient ?? NaN, [6, 4]);
    expect(path[0]?.value).toBeCloseTo(13, 5);
    await expectClose(point, [2.4, 1.6]);
    expect(value).toBeCloseTo(8.32, 5);
  });

  it("descends on w itself, which is its own value", async () => {
    const { point } = await minimize((w) => w, 1, { optimizer: new SGD({ learningRate: 0.25 }), steps: 2 });
    expect(point).toBe(0.5);
  });

  it("takes no step when asked for none", async () => {
    const { path, point } = await minimize(bowl, 3, { optimizer: new SGD(), steps: 0 });
    expect(path).toHaveLength(1);
    expect(point).toBe(3);
  });

  it("ends with a clear message when it diverges, and leaves nothing behind", async () => {
    const optimizer = new SGD({ learningRate: 1e30, momentum: 0.5 });
    const run = minimize(parabola, 1, { optimizer, steps: 10 });
    await expect(run).rejects.toBeInstanceOf(DivergenceError);
    await expect(run).rejects.toMatchObject({ path: [{ step: 0, point: 1, value: 2, gradient: -2 }, { step: 1 }] });
    await expect(run).rejects.toThrow(
      "The descent diverged: after 1 step the value is Infinity. Before it, the value was 2 at 1. Try a smaller learning rate (now 1e+30)",
    );
  });

  it("tells of the divergence, not of what the function then throws", async () => {
    const picky: ScalarFunction = (point) => {
      if (!Number.isFinite(point.dataSync()[0])) throw new RangeError("not finite");
      return tf.square(point);
    };
    const optimizer = new SGD({ learningRate: 1e20 });
    await expect(minimize(picky, 1, { optimizer, steps: 20 })).rejects.toThrow("The descent diverged: after 1 step ");
  });

  it("passes on what the function throws, and leaves nothing behind", async () => {
    let calls = 0;
    const failing: ScalarFunction = (point) => {
      if (++calls === 5) throw new RangeError("mine");
      return tf.square(point);
    };
    await expect(minimize(failing, 1, { optimizer: new SGD(), steps: 20 })).rejects.toThrow("mine");
  });

  it("refuses steps that are not a whole number", async () => {
    const run = minimize(bowl, 3, { optimizer: new SGD(), steps: 1.5 });
    await expect(run).rejects.toThrow("minimize expects steps to be a whole number, 0 or more, got 1.5.");
  });
});

describe("checkGradients", () => {
  it("passes on a network, counts two forward passes a weight, and leaves the weights as they were", async () => {
    using model = smallModel();
    const before = await weightsOf(model);
    const check = await checkGradients(model, [[0.5], [-1]], [[1], [0]], "meanSquaredError");
    expect(check.passed).toBe(true);
    expect(check.error).toBeLessThan(1e-3);
    expect(check.forwardPasses).toBe(2 * 13);
    const names = ["dense_1/kernel", "dense_1/bias", "dense_2/kernel", "dense_2/bias"];
    expect(check.parameters.map(({ name }) => name)).toEqual(names);
    expect(await weightsOf(model)).toEqual(before);
  });

  it("ends with a clear error when the model is disposed in its midst", async () => {
    const model = smallModel();
    const check = checkGradients(model, [[1]], [[1]], "mse");
    model.dispose();
    await expect(check).rejects.toThrow("This model was disposed");
  });

  it("fails on a gradient that is wrong", async () => {
    /** f(z) = z², with a gradient of z in place of 2 z. */
    const wrong = tf.customGrad((z, save) => {
      (save as tf.GradSaveFunc)([z as tf.Tensor]);
      return {
        value: tf.square(z as tf.Tensor),
        gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(dy, saved[0] as tf.Tensor),
      };
    });
    using model = new Sequential([new Dense({ units: 1, activation: (z) => wrong(z) })], { inputShape: [1], seed: 3 });
    const check = await checkGradients(model, [[1]], [[2]], "meanSquaredError");
    expect(check.passed).toBe(false);
    // Half of what it should be: ‖g/2 − g‖ / (‖g/2‖ + ‖g‖) = 1/3.
    expect(check.error).toBeCloseTo(1 / 3, 2);
  });
});

describe("traceBackprop", () => {
  it("gives every number on the way through one neuron", async () => {
    const layers = [new Dense({ units: 1, activation: "tanh", kernelInitializer: [[2]], biasInitializer: [-1] })];
    using model = new Sequential(layers, { inputShape: [1] });
    const { loss, layers: traced } = await traceBackprop(model, [[0.75]], [[1]], "meanSquaredError");
    // z = 0.5, a = tanh 0.5, C = (1 − a)², δ = −2 (1 − a) (1 − a²), ∂C/∂w = 0.75 δ
    const a = Math.tanh(0.5);
    const delta = -2 * (1 - a) * (1 - a * a);
    expect(loss).toBeCloseTo((1 - a) ** 2, 6);
    expect(traced).toHaveLength(1);
    const [neuron] = traced;
    expect(neuron?.name).toBe("dense_1");
    await expectClose(neuron?.weightedInput ?? NaN, [[0.5]]);
    await expectClose(neuron?.activation ?? NaN, [[a]]);
    await expectClose(neuron?.delta ?? NaN, [[delta]]);
    await expectClose(neuron?.gradients["bias"] ?? NaN, [delta]);
    await expectClose(neuron?.gradients["kernel"] ?? NaN, [[0.75 * delta]]);
  });

  it("takes the output for the weighted input in a layer that has none", async () => {
    const double: Layer = { parameters: [], build: () => {}, forward: (x) => tf.mul(x, 2) };
    const dense = new Dense({ units: 1, kernelInitializer: [[3]] });
    using model = new Sequential([dense, double], { inputShape: [1] });
    const { layers } = await traceBackprop(model, [[1]], [[0]], "meanSquaredError");
    // C = (2 · 3)² = 36, δ² = 2 · 6, δ¹ = 2 δ².
    await expectClose(layers[1]?.weightedInput ?? NaN, [[6]]);
    await expectClose(layers[1]?.delta ?? NaN, [[12]]);
    expect(layers[1]?.gradients).toEqual({});
    await expectClose(layers[0]?.delta ?? NaN, [[24]]);
  });

  it("refuses a model that was disposed", async () => {
    const model = smallModel();
    model.dispose();
    await expect(traceBackprop(model, [[1]], [[1]], "mse")).rejects.toThrow("This model was disposed");
  });

  it("refuses a target of another shape", async () => {
    using model = smallModel();
    await expect(traceBackprop(model, [[1]], [[1, 2]], "mse")).rejects.toThrow(
      "traceBackprop expects a target y of shape [1, 1], got [1, 2].",
    );
  });
});
