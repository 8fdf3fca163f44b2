import * as tf from "@tensorflow/tfjs-core";
import { losses, Sequential, trainStep, type Loss, type Optimizer, type OptimizerOptions } from "rivulet";
import { Dense } from "rivulet/layers";
import * as optimizers from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import golden from "../golden/optimizers.json" with { type: "json" };
import { Descent } from "../support/descent.ts";
import { expectClose } from "../support/expect-close.ts";
import { weightsOf } from "../support/models.ts";

type Case = (typeof golden.cases)[number];

/** Cases of conventions that are not followed here: PyTorch's clipping, and its decay after clipping. */
const others = (name: string) => name.endsWith("as in PyTorch") || name.includes("clipped by globalNorm, coupled");

const cases = golden.cases.filter(({ name }) => !others(name)).map((each) => [each.name, each] as const);

/** The rule of a case, at a rate, and with the threshold of the parabola or of the network. */
function ruleOf({ rule, options, weightDecay, clip }: Case, shared: OptimizerOptions, threshold: number): Optimizer {
  const decay = weightDecay.kind === "decoupled" ? { weightDecay: weightDecay.rate } : {};
  const by = { none: undefined, value: "clipValue", norm: "clipNorm", globalNorm: "globalClipNorm" }[clip.kind];
  const clipping = by === undefined ? {} : { [by]: threshold };
  const Rule = Object.entries(optimizers).find(([name]) => name === rule)?.[1];
  if (Rule === undefined) throw new Error(`There is no rule ${rule}.`);
  return new Rule({ ...options, ...shared, ...decay, ...clipping });
}

/** The cost, and with PyTorch's coupled decay what has its gradient: ½ λ Σ ‖θ‖². */
function decayed<Cost extends tf.Tensor>({ weightDecay }: Case, cost: Cost, parameters: readonly tf.Tensor[]): Cost {
  if (weightDecay.kind !== "coupled") return cost;
  const squares = parameters.map((parameter) => tf.sum(tf.square(parameter)));
  return tf.add(cost, tf.mul(weightDecay.rate / 2, tf.addN(squares)));
}

function network(): Sequential {
  const { weights } = golden.network;
  const hidden = { kernelInitializer: weights["hidden/kernel"], biasInitializer: weights["hidden/bias"] };
  const output = { kernelInitializer: weights["output/kernel"], biasInitializer: weights["output/bias"] };
  const layers = [new Dense({ units: 3, activation: "sigmoid", ...hidden }), new Dense({ units: 1, ...output })];
  return new Sequential(layers, { inputShape: [2] });
}

describe("every rule against Keras's and PyTorch's values", () => {
  it.each(cases)("five steps on w²: %s", async (_, each) => {
    const { learningRate, w: expected } = each.parabola;
    using descent = new Descent((w) => decayed(each, tf.square(w), [w]), golden.parabola.start);
    using optimizer = ruleOf(each, { learningRate }, each.clip.parabola);
    const points: unknown[] = [];
    for (let step = 0; step < golden.parabola.steps; step++) {
      descent.step(optimizer);
      points.push(...(await descent.values()));
    }
    await expectClose(points as number[], expected);
  });

  it.each(cases)("thirty steps on a network, at three rates: %s", async (_, each) => {
    const { x, y, steps, stepsPerLearningRate } = golden.network;
    using model = network();
    const learningRate = (taken: number) => each.network.learningRates[Math.floor(taken / stepsPerLearningRate)] ?? NaN;
    using optimizer = ruleOf(each, { learningRate }, each.clip.network);
    const loss: Loss = (target, prediction) =>
      decayed(each, losses.meanSquaredError(target, prediction), model.parameters);
    const batch = [tf.tensor2d(x), tf.tensor2d(y)] as const;
    const seen: tf.Scalar[] = [];
    for (let step = 0; step < steps; step++) seen.push(trainStep(model, ...batch, { loss, optimizer }));
    // One reading for all of them: on a GPU in software a reading takes as long as a step.
    const values = tf.stack(seen);
    const { loss: last } = await model.evaluate(...batch, { loss: "meanSquaredError" });
    // 1e-5: thirty steps of float32, and a GPU divides and takes roots a little less exactly.
    if (each.weightDecay.kind !== "coupled") {
      await expectClose([...(await values.data<"float32">()), last ?? NaN], each.network.losses, 1e-5);
    }
    tf.dispose([...batch, ...seen, values]);
    await expectClose(await weightsOf(model), Object.values(each.network.weights), 1e-5);
  });

  it("leaves out no case but of conventions that are not followed", () => {
    expect(golden.cases.map(({ name }) => name).filter(others)).toEqual([
      "SGD, clipped by value as in PyTorch",
      "SGD, clipped by norm as in PyTorch",
      "SGD, clipped by globalNorm as in PyTorch",
      "momentum, clipped by globalNorm, coupled decay",
    ]);
    const rules = new Set(cases.map(([, { rule }]) => rule));
    expect([...rules].toSorted()).toEqual(Object.keys(optimizers).toSorted());
  });
});
