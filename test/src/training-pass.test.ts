import * as tf from "@tensorflow/tfjs-core";
import { RandomStream, Sequential, ShapeError, trainStep, type Layer, type TrainingPass } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { TrainingPass as Pass } from "../../src/training-pass.ts";
import { expectClose } from "../support/expect-close.ts";

/** Adds noise while it trains, and counts how often it did. */
class Noise implements Layer {
  readonly parameters: readonly tf.Variable[] = [];
  state: tf.Variable[] = [];
  readonly drawn: tf.Tensor[] = [];
  #random: RandomStream | undefined;

  build(_: readonly number[], random: RandomStream): void {
    this.#random = random.split("noise");
    this.state = [tf.variable(tf.scalar(0), false)];
  }

  forward(x: tf.Tensor, training?: TrainingPass): tf.Tensor {
    const [passes] = this.state;
    if (training === undefined || passes === undefined || this.#random === undefined) return x;
    const noise = training.uniform(this.#random, x.shape);
    this.drawn.push(tf.keep(tf.clone(noise)));
    training.update(passes, tf.add(passes, 1));
    return tf.add(x, noise);
  }

  penalty(): tf.Scalar {
    return tf.scalar(100);
  }
}

const options = { loss: "meanSquaredError", optimizer: new SGD({ learningRate: 0.1 }) } as const;

describe("TrainingPass", () => {
  it("lets a layer draw anew each step, and change its state, in training only", async () => {
    const noise = new Noise();
    using model = new Sequential([noise, new Dense({ units: 1 })], { inputShape: [2] });
    const losses = [1, 2].map(() => trainStep(model, [[1, 2]], [[1]], options));
    tf.dispose(model.predict([[1, 2]]));
    expect(model.stepsTaken).toBe(2);
    await expectClose(model.state[0] as tf.Tensor, 2);
    const [first, second] = await Promise.all(noise.drawn.map((drawn) => drawn.array()));
    expect(noise.drawn).toHaveLength(2);
    expect(first).not.toEqual(second);
    expect((await losses[0]?.data())?.[0]).toBeGreaterThan(100);
    tf.dispose([...losses, ...noise.drawn]);
  });

  it("draws the same for the same stream and step, and other numbers for others", async () => {
    const random = new RandomStream(1, "layer");
    const draws = [
      new Pass(3).uniform(random, [2, 2]),
      new Pass(3).uniform(random, [2, 2]),
      new Pass(4).uniform(random, [2, 2]),
      new Pass(3).uniform(random.split("other"), [2, 2]),
    ];
    const numbers = await Promise.all(draws.map((draw) => draw.array()));
    expect(numbers[1]).toEqual(numbers[0]);
    expect(numbers[2]).not.toEqual(numbers[0]);
    expect(numbers[3]).not.toEqual(numbers[0]);
    tf.dispose(draws);
  });

  it("names state, copies it after the parameters, and sets it", async () => {
    using model = new Sequential([new Noise(), new Dense({ units: 1, kernelInitializer: "ones" })], {
      inputShape: [1],
    });
    expect(model.nameOf(model.state[0] as tf.Variable)).toBe("noise_1/state_1");
    model.setWeights([[[2]], [3], 5]);
    const weights = model.getWeights();
    await expectClose(weights[2] as tf.Tensor, 5);
    tf.dispose(weights);
  });

  it("refuses a new value of another shape, and leaves the model as it was", async () => {
    class Wrong extends Noise {
      override forward(x: tf.Tensor, training?: TrainingPass): tf.Tensor {
        const [passes] = this.state;
        if (training !== undefined && passes !== undefined) training.update(passes, tf.zeros([2]));
        return x;
      }
    }
    using model = new Sequential([new Wrong(), new Dense({ units: 1 })], { inputShape: [1] });
    const step = () => trainStep(model, [[1]], [[1]], options);
    expect(step).toThrow(new ShapeError("A training pass expects a new value of shape [], got [2].", [], [2]));
    await expectClose(model.state[0] as tf.Tensor, 0);
    expect(model.stepsTaken).toBe(0);
  });
});
