import { describe, expect, it } from "vitest";
import { SGD } from "rivulet/optimizers";
import {
  drawBatches,
  goal,
  gradientError,
  learningRate,
  line,
  samples,
  steps,
  train,
} from "../../../examples/worked/07-three-regimes.ts";
import { flat } from "../../../examples/worked/numbers.ts";
import { weightsOf } from "../../support/models.ts";
import { expectRelative } from "./expect-relative.ts";

/** The same loop in float64, its gradient written out: what the counts are checked against. */
function trainOnPaper(batchSize: number) {
  const x = samples().x.flat();
  const y = samples().y.flat();
  let [w, b] = [0, 0];
  const residual = (index: number) => w * (x[index] ?? NaN) + b - (y[index] ?? NaN);
  const lossOverAll = () => x.reduce((sum, _, index) => sum + residual(index) ** 2, 0) / x.length;
  let [loss, count, stepsUp] = [lossOverAll(), 0, 0];
  for (let epoch = 0; ; epoch++) {
    for (const batch of drawBatches(epoch, batchSize)) {
      const gradients = batch.map((index) => [2 * residual(index) * (x[index] ?? NaN), 2 * residual(index)] as const);
      w -= (learningRate * gradients.reduce((sum, [dw]) => sum + dw, 0)) / batch.length;
      b -= (learningRate * gradients.reduce((sum, [, db]) => sum + db, 0)) / batch.length;
      const before = loss;
      loss = lossOverAll();
      count++;
      if (loss > before) stepsUp++;
      if (loss <= goal) return { batchSize, steps: count, samples: count * batchSize, stepsUp };
    }
  }
}

describe("W7: the training loop and its three regimes", () => {
  it("draws each sample once an epoch, in a new order", () => {
    const [first, second] = [drawBatches(0, 32), drawBatches(1, 32)];
    expect(first).toHaveLength(16);
    for (const epoch of [first, second]) {
      expect(epoch.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: 512 }, (_, index) => index));
    }
    expect(first).not.toEqual(second);
    expect(drawBatches(0, 32)).toEqual(first);
  });

  it.each([512, 32, 1])("trains in batches of %i as it does on paper", async (batchSize) => {
    expect(await train(batchSize)).toEqual(trainOnPaper(batchSize));
  });

  it("has more exact steps with larger batches, and looks at fewer samples with smaller ones", async () => {
    const [batch, mini, stochastic] = await Promise.all([512, 32, 1].map(train));
    if (batch === undefined || mini === undefined || stochastic === undefined) throw new Error("unreachable");
    expect(batch.stepsUp).toBe(0);
    expect(stochastic.stepsUp).toBeGreaterThan(mini.stepsUp);
    expect(batch.steps).toBeLessThanOrEqual(mini.steps);
    expect(mini.steps).toBeLessThan(stochastic.steps);
    expect(mini.samples * 10).toBeLessThan(batch.samples);
    expect(stochastic.samples * 10).toBeLessThan(mini.samples);
  });

  it("has rougher gradients with smaller batches", async () => {
    const [all = NaN, mini = NaN, one = NaN] = await Promise.all([512, 32, 1].map(gradientError));
    // All samples in another order: the same sums but for their rounding.
    expect(all).toBeLessThan(1e-6);
    // The spread of a mean of n falls as 1/√n: 32 samples are √32 = 5.7 times as exact as one. It is a mean over few
    // batches, drawn without putting back.
    expect(one / mini).toBeGreaterThan(4.5);
    expect(one / mini).toBeLessThan(9);
  });

  it("is the loop that fit runs", async () => {
    using written = line();
    let count = 0;
    for await (const _ of steps(written, 512)) if (++count === 5) break;
    using fitted = line();
    const { x, y } = samples();
    const optimizer = new SGD({ learningRate });
    await fitted.fit(x, y, { loss: "meanSquaredError", optimizer, batchSize: "full", epochs: 5, verbose: 0 });
    const [own, other] = [(await weightsOf(written)).flatMap(flat), (await weightsOf(fitted)).flatMap(flat)];
    // Not to the last bit: fit leaves the samples in their order where a batch is all of them, so sums round differently.
    expectRelative(own, other);
  });
});
