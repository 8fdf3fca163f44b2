import * as tf from "@tensorflow/tfjs-core";
import { DivergenceError, Sequential, type LabelledBatch, type Layer, type Logs, type Loss } from "rivulet";
import { Dense } from "rivulet/layers";
import { Adam, SGD } from "rivulet/optimizers";
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
        "x is not scaled: it reaches from 100 to 100. Scale every column to about −1 … 1, for instance to mean 0 and " +
        "deviation 1. The learning rate 0.5 is too large: steps are stable up to about 1e-4, by the steepest curvature " +
        "of the loss (20000 on 1 sample, with the weights that the run started with). Try half of that rate.",
    );
    expect(error.findings.map(({ kind }) => kind)).toEqual(["unscaledInputs", "learningRateTooLarge"]);
    // λ = 2 · 100², and plain descent is stable up to 2 / λ.
    expect(error.findings[1]).toMatchObject({
      learningRate: 0.5,
      largestStable: expect.closeTo(1e-4, 6) as number,
      curvature: expect.closeTo(2e4, -2) as number,
    });
    expect(error.history?.findings).toBe(error.findings);
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

  it("goes back two epochs from an epoch whose first loss is not finite, so that another fit can go on", async () => {
    using model = oneWeight();
    // w = 1, then 1 − 2 · 1e19, which is finite; its loss (2e19)² = 4e38 is beyond float32.
    const options = { ...quiet, optimizer: new SGD({ learningRate: 1e19 }), epochs: 3 };
    const error = await failureOf(model.fit([[1]], [[0]], options));
    expect(error).toMatchObject({ epoch: 1, batch: 0 });
    expect(error.message).toContain("The model keeps the weights that it had before fit.");
    expect(await weightsOf(model)).toEqual([[[1]]]);
    const { history } = await model.fit([[1]], [[0]], { ...quiet, optimizer: new SGD({ learningRate: 0.5 }) });
    expect(history["loss"]).toEqual([1]);
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
    expect(error.message).toBe(
      "The loss became Infinity in epoch 0, batch 1 (both counted from 0; batches an epoch: 2). The model keeps the " +
        "weights that it had before fit. x is not scaled: it reaches from 1 to 1e+20. Scale every column to about −1 … 1, " +
        "for instance to mean 0 and deviation 1. Then try a smaller learning rate (now 0.1).",
    );
    expect(await weightsOf(model)).toEqual([[[1]]]);
  });

  it("advises to scale data that reaches far below 0, too, and tells when the loss is none to start with", async () => {
    using model = oneWeight();
    const error = await failureOf(model.fit([[-5e19]], [[0]], { ...quiet, optimizer: new SGD() }));
    expect(error.findings.map(({ message }) => message)).toEqual([
      "x is not scaled: it reaches from -5e+19 to -5e+19. Scale every column to about −1 … 1, for instance to mean 0 and " +
        "deviation 1.",
      "The loss is Infinity with the weights that the run started with, on 1 sample: no learning rate mends that. Look in " +
        "the loss and in the layers for the logarithm of 0, for divisions by 0, and for numbers beyond float32's 3.4e38.",
    ]);
    expect(error.message.endsWith(error.findings.map(({ message }) => message).join(" "))).toBe(true);
  });

  it("names gradients that explode through layers before the learning rate, whose bound follows from them", async () => {
    const large = (rows: number, columns: number) =>
      [8, 9, 10, 11].slice(0, rows).map((value) => [value, value - 2, value - 4, value - 6].slice(0, columns));
    const layers = [
      new Dense({ units: 4, kernelInitializer: large(1, 4) }),
      new Dense({ units: 4, kernelInitializer: large(4, 4) }),
      new Dense({ units: 4, kernelInitializer: large(4, 4) }),
      new Dense({ units: 1, kernelInitializer: large(4, 1) }),
    ];
    using model = new Sequential(layers, { inputShape: [1] });
    const options = { ...quiet, optimizer: new SGD({ learningRate: 0.1 }), epochs: 9 };
    const error = await failureOf(model.fit([[1], [-1], [0.5]], [[0], [1], [2]], options));
    expect(error.findings.map(({ kind }) => kind)).toEqual(["explodingGradients", "learningRateTooLarge"]);
    expect(error.findings[0]?.message).toMatch(
      /^The gradients explode: the norm of dense_1\/kernel's is \S+, that of the kernel itself 11, with the weights that the run started with\. Try smaller first weights, clipped gradients, a normalisation between the layers, or fewer layers\.$/,
    );
  });

  it("does not say so of gradients that the data make large", async () => {
    const kernelInitializer = "ones";
    const kindsOf = async (layers: Layer[], x: number[][]) => {
      using model = new Sequential(layers, { inputShape: [x[0]?.length ?? 0] });
      const optimizer = new SGD({ learningRate: 0.1 });
      const error = await failureOf(
        model.fit(
          x,
          x.map(() => [1]),
          { ...quiet, optimizer, epochs: 50 },
        ),
      );
      return error.findings.map(({ kind }) => kind);
    };
    const unscaled = [1, 2].map(() => new Dense({ units: 1, kernelInitializer }));
    expect(await kindsOf(unscaled, [[1000], [-1000]])).toEqual(["unscaledInputs", "learningRateTooLarge"]);
    const wide = [Array<number>(400).fill(9), Array<number>(400).fill(-8)];
    expect(await kindsOf([new Dense({ units: 1, kernelInitializer })], wide)).toEqual(["learningRateTooLarge"]);
  });

  it("names the rate that is usual where a rule has no largest stable one", async () => {
    using model = oneWeight();
    // Adam's first steps are η long, whatever the gradient: 1e19, and its square is no float32.
    const options = { ...quiet, optimizer: new Adam({ learningRate: 1e20 }), epochs: 9 };
    const error = await failureOf(model.fit([[1]], [[0]], options));
    expect(error.findings).toEqual([
      {
        kind: "learningRateTooLarge",
        message:
          "The learning rate 1e+20 is large for a rule that scales its steps by the gradients it has seen: " +
          "try the usual 0.001.",
        learningRate: 1e20,
      },
    ]);
  });

  it("looks at the first batch of a stream, which is gone by then", async () => {
    using model = oneWeight();
    async function* batches(): AsyncGenerator<LabelledBatch> {
      for (let batch = 0; batch < 20; batch++)
        yield await Promise.resolve([
          [[100], [-100]],
          [[0], [0]],
        ] as const);
    }
    const options = { ...quiet, optimizer: new SGD({ learningRate: 0.5 }) };
    const error = await failureOf(model.fit(batches, options));
    expect(error.findings.map(({ kind }) => kind)).toEqual(["unscaledInputs", "learningRateTooLarge"]);
    expect(error.message).toContain("steps are stable up to about 1e-4");
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
    expect(error.message).toBe(
      "The loss became NaN in epoch 0, batch 0 (both counted from 0; batches an epoch: 1). The largest gradient just " +
        "before was that of dense_1/kernel, of norm 1. The model keeps the weights that it had before fit. The loss is NaN " +
        "with the weights that the run started with, on 1 sample: no learning rate mends that. Look in the loss and in the " +
        "layers for the logarithm or the root of a negative number, and for 0 / 0.",
    );
    expect(error.findings).toMatchObject([{ kind: "undefinedLoss", loss: "NaN" }]);
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
