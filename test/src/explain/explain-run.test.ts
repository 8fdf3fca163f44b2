import * as tf from "@tensorflow/tfjs-core";
import {
  Sequential,
  meanSquaredError,
  type LabelledBatch,
  type Layer,
  type Loss,
  type RandomStream,
  type TrainingPass,
} from "rivulet";
import { Dense } from "rivulet/layers";
import { Adam, SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { curve, weightsOf } from "../../support/models.ts";

const { x, y } = curve(8);

/** Draws in each training step, and keeps a moving mean: what a look must not disturb. */
class Noise implements Layer {
  static readonly name: string = "Noise";
  readonly parameters: tf.Variable[] = [];
  state: tf.Variable[] = [];
  #random: RandomStream | undefined;

  build(_: readonly number[], random: RandomStream): void {
    this.#random = random;
    this.state = [tf.variable(tf.zeros([]), false)];
  }

  forward(input: tf.Tensor, training?: TrainingPass): tf.Tensor {
    const [mean] = this.state;
    if (training === undefined || this.#random === undefined || mean === undefined) return input;
    const noisy = tf.mul(input, training.uniform(this.#random, input.shape));
    training.update(mean, tf.add(tf.mul(mean, 0.5), tf.mul(0.5, tf.mean(noisy))));
    return noisy;
  }
}

function noisyModel(): Sequential {
  const layers = [new Dense({ units: 3, activation: "sigmoid" }), new Noise(), new Dense({ units: 1 })];
  return new Sequential(layers, { inputShape: [1], seed: 2 });
}

/** Hardly learns: after five epochs it is looked at why. */
const slow = (loss: Loss = meanSquaredError) => ({ loss, batchSize: 4, verbose: 0 }) as const;

/** Calls something when the loss has been asked for so often. */
function after(count: number, then: () => void): Loss {
  let calls = 0;
  return (target, prediction) => {
    if (++calls > count) then();
    return meanSquaredError(target, prediction);
  };
}

describe("the look at a run that learnt nothing", () => {
  it("leaves all as it was: weights, layers' state, the optimizer's state and the counts of steps", async () => {
    using looked = noisyModel();
    using unseen = noisyModel();
    using optimizer = new Adam({ learningRate: 1e-7 });
    using other = new Adam({ learningRate: 1e-7 });
    const { findings } = await looked.fit(x, y, { ...slow(), optimizer, epochs: 6 });
    expect(findings?.[0]?.kind).toBe("standsStill");
    // Of three epochs nothing can be said, so nobody looks.
    const parts = [3, 3].map((epochs) => async () => unseen.fit(x, y, { ...slow(), optimizer: other, epochs }));
    for (const part of parts) expect((await part()).findings).toBeUndefined();
    expect(await weightsOf(looked)).toEqual(await weightsOf(unseen));
    expect(looked.stepsTaken).toBe(unseen.stepsTaken);
    const read = async (variables: readonly tf.Variable[]) =>
      Promise.all(variables.map((variable) => variable.array()));
    expect(await read(looked.state)).toEqual(await read(unseen.state));
    expect(await read(optimizer.stateOf(looked.parameters))).toEqual(await read(other.stateOf(unseen.parameters)));
    expect([...optimizer.countsOf(looked.parameters).values()]).toEqual([
      ...other.countsOf(unseen.parameters).values(),
    ]);
    const numbers = await Promise.all([
      looked.fit(x, y, { ...slow(), optimizer }),
      unseen.fit(x, y, { ...slow(), optimizer: other }),
    ]);
    expect(numbers[0]?.history).toEqual(numbers[1]?.history);
  });

  it("finds the same each time, and what a file can hold", async () => {
    const findingsOf = async () => {
      using model = noisyModel();
      return (await model.fit(x, y, { ...slow(), optimizer: new SGD({ learningRate: 1e-7 }), epochs: 6 })).findings;
    };
    const findings = await findingsOf();
    expect(findings?.length).toBeGreaterThan(1);
    expect(await findingsOf()).toEqual(findings);
    expect(JSON.parse(JSON.stringify(findings))).toEqual(findings);
  });

  // Twelve steps of training, then the look: its first loss, and one in the middle of its gradients.
  it.each([12, 13, 20, 40])("ends quietly where the loss throws after %i times", async (count) => {
    using model = noisyModel();
    const loss = after(count, () => {
      throw new Error("not again");
    });
    const optimizer = new SGD({ learningRate: 1e-7 });
    const { epoch } = await model.fit(x, y, { ...slow(loss), optimizer, epochs: 6 });
    expect(epoch).toHaveLength(6);
    expect(model.stepsTaken).toBe(12);
  });

  it.each([12, 20, 40])("ends quietly where the model is disposed of after %i losses", async (count) => {
    using model = noisyModel();
    const loss = after(count, () => queueMicrotask(() => model.dispose()));
    const optimizer = new SGD({ learningRate: 1e-7 });
    const { epoch } = await model.fit(x, y, { ...slow(loss), optimizer, epochs: 6 });
    expect(epoch).toHaveLength(6);
    expect(model.isDisposed).toBe(true);
  });

  it("takes a few samples of a stream's first batch", async () => {
    using model = noisyModel();
    let epochs = 0;
    async function* batches(): AsyncGenerator<LabelledBatch> {
      epochs++;
      yield await Promise.resolve([x.slice(0, 4), y.slice(0, 4)]);
      yield [x.slice(4), y.slice(4)];
    }
    const options = { loss: "mse", optimizer: new SGD({ learningRate: 1e-7 }), epochs: 6, verbose: 0 } as const;
    const { findings } = await model.fit(batches, options);
    expect(findings?.map(({ kind }) => kind)).toEqual(["standsStill", "learningRateTooSmall"]);
    expect(findings?.[0]?.message).toContain("on 4 samples");
    expect(epochs).toBe(6);
  });

  it("looks at no more than 256 samples, spread over all", async () => {
    using model = new Sequential([new Dense({ units: 1 })], { inputShape: [1] });
    const sorted = Array.from({ length: 1000 }, (_, index) => [index / 1000]);
    const optimizer = new SGD({ learningRate: 1e-9 });
    const options = { ...slow(), optimizer, batchSize: "full", epochs: 5 } as const;
    const { findings } = await model.fit(
      sorted,
      sorted.map(([value = 0]) => [-value]),
      options,
    );
    expect(findings?.[1]?.message).toContain("on 256 samples");
    // The variance of all, 1/12: that of a part of the sorted samples would be smaller.
    expect(findings?.[0]).toMatchObject({ constantLoss: expect.closeTo(1 / 12, 3) as number });
  });

  it("costs a run that is well no loss more than its steps", async () => {
    let calls = 0;
    const loss: Loss = (target, prediction) => {
      calls++;
      return meanSquaredError(target, prediction);
    };
    using model = new Sequential([new Dense({ units: 1 })], { inputShape: [1] });
    const options = { ...slow(loss), optimizer: new SGD({ learningRate: 0.1 }), epochs: 8 };
    await model.fit(x, y, { ...options, compile: false });
    expect(calls).toBe(16);
  });
});
