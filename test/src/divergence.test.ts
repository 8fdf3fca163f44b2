import * as tf from "@tensorflow/tfjs-core";
import { DivergenceError, Sequential, type Loss } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { flatten } from "../support/expect-close.ts";
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

  it("names the layer whose gradient is largest", async () => {
    using model = new Sequential(
      [new Dense({ units: 1, kernelInitializer: [[1e-3]] }), new Dense({ units: 1, kernelInitializer: [[1e3]] })],
      { inputShape: [1] },
    );
    // ∂C/∂w₁ is 10⁶ times ∂C/∂w₂ at the start: w₂ stands in the one, w₁ in the other.
    const options = { ...quiet, optimizer: new SGD({ learningRate: 1 }), epochs: 30 };
    const error = await failureOf(model.fit([[1]], [[0]], options));
    expect(["dense_1/kernel", "dense_2/kernel", "dense_1/bias", "dense_2/bias"]).toContain(error.parameter);
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
    const [weight] = flatten(await weightsOf(model));
    expect(weight).toBeCloseTo(2, 4);
  });
});
