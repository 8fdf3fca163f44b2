import * as tf from "@tensorflow/tfjs-core";
import { DivergenceError, Sequential, type Logs, type Loss } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { flatNumbers } from "../../src/nested-numbers.ts";
import { oneWeight, weightsOf } from "../support/models.ts";

const quiet = { loss: "meanSquaredError", verbose: 0 } as const;

async function failureOf(run: Promise<unknown>): Promise<DivergenceError> {
  const error: unknown = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DivergenceError);
  return error as DivergenceError;
}

describe("a run that diverges", () => {
  it("says where, why and what to try, and keeps the weights of the last finite epoch", async () => {
    using model = oneWeight();
    const kept: unknown[] = [];
    const callbacks = [{ onEpochEnd: async () => kept.push(await weightsOf(model)) }];
    // w ← w − 0.5 · 2 · 100² w: each step multiplies w by −9999, and float32 ends at 3.4e38. The loss (100 w)² is
    // 1e4 · 9999²ᵏ after k steps: finite at k = 4, infinite at k = 5, which is the second batch of epoch 2.
    const options = { ...quiet, optimizer: new SGD({ learningRate: 0.5 }), batchSize: 1, epochs: 9, callbacks };
    const error = await failureOf(model.fit([[100], [100]], [[0], [0]], options));
    expect(error).toMatchObject({ epoch: 2, batch: 1, parameter: "dense_1/kernel" });
    expect(error.history?.epoch).toEqual([0, 1]);
    // The gradient 2 · 100² w at k = 4: 2e4 · 9999⁴.
    expect(error.gradientNorm / (2e4 * 9999 ** 4)).toBeCloseTo(1, 5);
    expect(error.message).toBe(
      "The loss became Infinity in epoch 2, batch 1 (both counted from 0; batches an epoch: 2). " +
        "The largest gradient just before was that of dense_1/kernel, of norm 1.999e+20. " +
        "The model keeps the weights of the end of epoch 1. " +
        "Try x scaled to about −1 … 1 (now 100 … 100), then a smaller learning rate (now 0.5).",
    );
    expect(kept).toHaveLength(2);
    expect(await weightsOf(model)).toEqual(kept[1]);
  });

  it("goes back before fit when the first epoch fails, the optimizer's state too", async () => {
    using model = oneWeight();
    const optimizer = new SGD({ learningRate: 1, momentum: 0.9 });
    const x = Array.from({ length: 20 }, () => [1e4]);
    const error = await failureOf(
      model.fit(
        x,
        x.map(() => [0]),
        { ...quiet, optimizer, batchSize: 1 },
      ),
    );
    expect(error.message).toContain("The model keeps the weights that it had before fit.");
    expect(await weightsOf(model)).toEqual([[[1]]]);
    const [velocity] = optimizer.stateOf(model.parameters);
    expect(await velocity?.array()).toEqual([[0]]);
  });

  it("notices weights that the very last step spoilt", async () => {
    using model = oneWeight();
    // The loss (1e18)² = 1e36 is finite; the step 1e3 · 2 · 1e18 · 1e18 is not.
    const options = { ...quiet, optimizer: new SGD({ learningRate: 1e3 }) };
    const error = await failureOf(model.fit([[1e18]], [[0]], options));
    expect(error.message).toContain("The weights became NaN or infinite in epoch 0, batch 0");
    expect(await weightsOf(model)).toEqual([[[1]]]);
  });

  it("goes back two epochs when the last step of one spoilt the weights", async () => {
    using model = oneWeight();
    const kept: unknown[] = [];
    const optimizer = new SGD({ learningRate: 1e-30 });
    const callbacks = [
      {
        onEpochEnd: async (epoch: number) => {
          kept.push(await weightsOf(model));
          // Epoch 1 then takes one step too far: its own loss is still finite.
          if (epoch === 0) optimizer.learningRate = 1e38;
        },
      },
    ];
    const error = await failureOf(model.fit([[1e9]], [[0]], { ...quiet, optimizer, epochs: 5, callbacks }));
    expect(error).toMatchObject({ epoch: 2, batch: 0 });
    expect(error.message).toContain("The model keeps the weights of the end of epoch 0.");
    expect(await weightsOf(model)).toEqual(kept[0]);
  });

  it("names the parameter whose gradient is largest, at the last batch with a finite loss", async () => {
    using model = oneWeight();
    // Batches of one: w = 1, 0.8, 0.64, 0.512 before each; the loss of the fourth, (5e19)², overflows.
    const options = { ...quiet, optimizer: new SGD({ learningRate: 0.1 }), batchSize: 1, shuffle: false };
    const error = await failureOf(model.fit([[1], [1], [1], [1e20]], [[0], [0], [0], [0]], options));
    expect(error).toMatchObject({ epoch: 0, batch: 3, parameter: "dense_1/kernel" });
    // At the third batch: 2 w x² = 2 · 0.64.
    expect(error.gradientNorm).toBeCloseTo(1.28, 5);
  });

  it("tells two layers apart by their gradients", async () => {
    const layers = [
      new Dense({ units: 1, useBias: false, kernelInitializer: [[1e3]] }),
      new Dense({ units: 1, useBias: false, kernelInitializer: [[1e-3]] }),
    ];
    using model = new Sequential(layers, { inputShape: [1] });
    // ŷ = w₁ w₂ x = x; ∂C/∂w₂ = 2 x · w₁ x is 10⁶ times ∂C/∂w₁ = 2 x · w₂ x. The second sample overflows at once.
    const options = { ...quiet, optimizer: new SGD({ learningRate: 1e-12 }), batchSize: 1, shuffle: false };
    const error = await failureOf(model.fit([[1], [1e25]], [[0], [0]], options));
    expect(error.parameter).toBe("dense_2/kernel");
    expect(error.gradientNorm).toBeCloseTo(2000, 2);
  });

  it("looks at the last batch when its step spoilt the weights", async () => {
    using model = oneWeight();
    // Targets are met but for the last: gradients 0, 0, then 2 · 1e18 · 1e18, and 1e3 times that is no float32.
    const options = { ...quiet, optimizer: new SGD({ learningRate: 1e3 }), batchSize: 1, shuffle: false };
    const error = await failureOf(model.fit([[1], [1], [1e18]], [[1], [1], [0]], options));
    expect(error).toMatchObject({ epoch: 0, batch: 2 });
    expect(error.gradientNorm / 2e36).toBeCloseTo(1, 5);
  });

  it("counts a gradient that is NaN as infinite", async () => {
    using model = oneWeight();
    // √ of a negative number is NaN, and so is its gradient.
    const loss: Loss = (target, prediction) => tf.mean(tf.sqrt(tf.sub(target, prediction)));
    const error = await failureOf(model.fit([[1]], [[0]], { ...quiet, loss, optimizer: new SGD() }));
    expect(error).toMatchObject({ gradientNorm: Infinity, parameter: "dense_1/kernel" });
  });

  it("brings the optimizer's state back to what it was before fit", async () => {
    using model = oneWeight();
    const optimizer = new SGD({ learningRate: 1e-3, momentum: 0.9 });
    await model.fit([[1]], [[0]], { ...quiet, optimizer });
    const velocity = await optimizer.stateOf(model.parameters)[0]?.array();
    expect(velocity).toEqual([[2]]);
    await failureOf(model.fit([[1e20]], [[0]], { ...quiet, optimizer }));
    expect(await optimizer.stateOf(model.parameters)[0]?.array()).toEqual(velocity);
  });

  it("stops at the first NaN that a batch hook would see, and restores the weights", async () => {
    using model = oneWeight();
    const seen: number[] = [];
    const callbacks = [{ onBatchEnd: (_: number, logs: Logs) => seen.push(logs["loss"] as number) }];
    const options = { ...quiet, optimizer: new SGD({ learningRate: 0.1 }), batchSize: 1, shuffle: false, callbacks };
    await failureOf(model.fit([[1], [1e20], [1], [1]], [[0], [0], [0], [0]], options));
    expect(seen).toEqual([1]);
    expect(await weightsOf(model)).toEqual([[[1]]]);
  });

  it("goes back to finite weights also where a hook's error ends the run right after the step that spoilt them", async () => {
    using model = oneWeight();
    const callbacks = [
      {
        onBatchEnd: () => {
          throw new Error("mine");
        },
      },
    ];
    // The loss (1e18)² is finite; the step is not.
    const options = { ...quiet, optimizer: new SGD({ learningRate: 1e3 }), callbacks };
    await expect(model.fit([[1e18]], [[0]], options)).rejects.toThrow("mine");
    expect(await weightsOf(model)).toEqual([[[1]]]);
  });

  it("survives a loss that throws while it is looked into", async () => {
    using model = oneWeight();
    let calls = 0;
    const loss: Loss = (target, prediction) => {
      if (++calls > 2) throw new Error("only twice");
      return tf.mean(tf.square(tf.sub(target, prediction)));
    };
    const options = { ...quiet, loss, optimizer: new SGD({ learningRate: 0.1 }), batchSize: 1, shuffle: false };
    const error = await failureOf(model.fit([[1], [1e20]], [[0], [0]], options));
    expect(error.message).toContain("The loss became Infinity in epoch 0, batch 1");
    expect(await weightsOf(model)).toEqual([[[1]]]);
  });

  it("advises to scale data that reaches far below 0, too", async () => {
    using model = oneWeight();
    const error = await failureOf(model.fit([[-1e25]], [[0]], { ...quiet, optimizer: new SGD() }));
    expect(error.message).toContain("Try x scaled to about −1 … 1 (now -1e+25 … -1e+25), then a smaller learning rate");
  });

  it("does not take weights for finite of which only some are", async () => {
    const layers = [new Dense({ units: 1, kernelInitializer: [[1]] })];
    using model = new Sequential(layers, { inputShape: [1] });
    // ∂C/∂w = 2 · 1e18 · 1e18 spoils the kernel at η = 1e3; ∂C/∂b = 2 · 1e18 leaves the bias finite.
    await failureOf(model.fit([[1e18]], [[0]], { ...quiet, optimizer: new SGD({ learningRate: 1e3 }) }));
    expect(await weightsOf(model)).toEqual([[[1]], [0]]);
  });

  it("stops at a loss that is NaN from the start, with the weights as they were", async () => {
    using model = oneWeight();
    const loss: Loss = (target, prediction) => tf.mean(tf.log(tf.sub(target, prediction)));
    const error = await failureOf(model.fit([[1]], [[0]], { ...quiet, loss, optimizer: new SGD() }));
    expect(error).toMatchObject({ epoch: 0, batch: 0 });
    expect(error.message).toContain("The loss became NaN in epoch 0, batch 0");
    expect(await weightsOf(model)).toEqual([[[1]]]);
  });

  it("trains on afterwards from other weights, with the same optimizer at a smaller learning rate", async () => {
    using model = oneWeight();
    const optimizer = new SGD({ learningRate: 1e30, momentum: 0.9 });
    const run = (epochs: number) => model.fit([[1], [2], [3]], [[2], [4], [6]], { ...quiet, optimizer, epochs });
    // The second loss already is infinite: back at the end of epoch 0 come its weights and its velocity, −2 · 14 / 3.
    await failureOf(run(200));
    model.setWeights([[[1]]]);
    optimizer.learningRate = 0.02;
    await run(300);
    const [weight] = flatNumbers(await weightsOf(model));
    expect(weight).toBeCloseTo(2, 4);
  });
});
