import * as tf from "@tensorflow/tfjs-core";
import { HyperparameterError, type NestedNumbers } from "rivulet";
import { describe, expect, it } from "vitest";
import {
  l1,
  l1l2,
  l2,
  regularizers,
  resolveRegularizer,
  strengthsOf,
  type Regularizer,
} from "../../src/regularizers.ts";
import { expectClose } from "../support/expect-close.ts";

const weights = [
  [1, -2, 0],
  [0.5, 0, -3],
];

/** The penalty of the weights above, and its gradient. */
async function penaltyOf(regularizer: Regularizer) {
  const { value, grad } = tf.tidy(() => tf.valueAndGrad(regularizer)(tf.tensor(weights)));
  const numbers = [await value.data(), await grad.array()] as const;
  tf.dispose([value, grad]);
  return { value: numbers[0][0] as number, slope: numbers[1] as NestedNumbers };
}

describe("regularizers", () => {
  it("l1 is λ Σ |w|, with slope 0 at 0", async () => {
    // 0.1 (1 + 2 + 0.5 + 3)
    const { value, slope } = await penaltyOf(l1(0.1));
    await expectClose(value, 0.65);
    await expectClose(slope, [
      [0.1, -0.1, 0],
      [0.1, 0, -0.1],
    ]);
  });

  it("l2 is λ Σ w², without ½", async () => {
    // 0.1 (1 + 4 + 0.25 + 9)
    const { value, slope } = await penaltyOf(l2(0.1));
    await expectClose(value, 1.425);
    await expectClose(slope, [
      [0.2, -0.4, 0],
      [0.1, 0, -0.6],
    ]);
  });

  it("l1l2 is the sum of both, and what is not given is 0", async () => {
    // 0.65 + 2 · 1.425
    expect((await penaltyOf(l1l2({ l1: 0.1, l2: 0.2 }))).value).toBeCloseTo(3.5, 5);
    await expectClose(await penaltyOf(l1l2({ l1: 0.1 })).then(({ value }) => value), 0.65);
    await expectClose(await penaltyOf(l1l2({ l2: 0.1 })).then(({ value }) => value), 1.425);
    expect((await penaltyOf(l1l2({}))).value).toBe(0);
  });

  it("have a λ of 0.01 by name, as in Keras", async () => {
    await expectClose((await penaltyOf(resolveRegularizer("l1"))).value, 0.065);
    await expectClose((await penaltyOf(resolveRegularizer("l2"))).value, 0.1425);
    const own: Regularizer = (parameter) => tf.sum(parameter);
    expect(resolveRegularizer(own)).toBe(own);
    expect(resolveRegularizer("l2")).toBe(regularizers.l2);
  });

  it("tell their strengths, for files", () => {
    expect(strengthsOf(l1(0.5))).toEqual({ l1: 0.5, l2: 0 });
    expect(strengthsOf(regularizers.l2)).toEqual({ l1: 0, l2: 0.01 });
    expect(strengthsOf(l1l2({ l1: 0.5, l2: 0.25 }))).toEqual({ l1: 0.5, l2: 0.25 });
    expect(strengthsOf((parameter) => tf.sum(parameter))).toBeUndefined();
  });

  it.each([
    [() => l1(-1), "l1 expects strength to be a finite number, 0 or more, got -1."],
    [() => l2(NaN), "l2 expects strength to be a finite number, 0 or more, got NaN."],
    [() => l2(1e39), "l2 expects strength to be a finite number, 0 or more, got 1e+39."],
    [() => l1l2({ l1: 0.1, l2: Infinity }), "l1l2 expects l2 to be a finite number, 0 or more, got Infinity."],
    [() => l1l2({ L1: 0.1 } as object), 'l1l2 has no option "L1". Did you mean "l1"? Known: l1, l2.'],
  ])("refuses what makes no sense: %o", (act, message) => {
    expect(act).toThrow(HyperparameterError);
    expect(act).toThrow(expect.objectContaining({ message }) as Error);
  });

  it("says so where the function that makes one is given for one", () => {
    tf.tidy(() => {
      const act = () => resolveRegularizer(l2 as unknown as Regularizer)(tf.tensor(weights));
      expect(act).toThrow("l2 expects strength to be a finite number, 0 or more, got a tensor of shape [2, 3].");
    });
  });

  it("suggests a name for one that there is not", () => {
    expect(() => resolveRegularizer("l3" as "l2")).toThrow(
      'There is no regularizer "l3". Did you mean "l1"? Known: l1, l2.',
    );
  });
});
