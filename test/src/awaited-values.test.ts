import { RandomStream, Sequential } from "rivulet";
import { BatchNorm, Dense } from "rivulet/layers";
import { describe, expect, it } from "vitest";
import { awaitValues } from "../../src/awaited-values.ts";
import { initialValues } from "../../src/initializers.ts";
import { weightsOf } from "../support/models.ts";

const slack = 2 ** 20;

describe("layers that await their values", () => {
  it("draw none, whatever their initializers", async () => {
    const initializer = () => {
      throw new Error("drawn");
    };
    const layer = new Dense({ units: 2, kernelInitializer: initializer, biasInitializer: "ones" });
    using model = awaitValues(0, () => new Sequential([layer], { inputShape: [1] }));
    expect(await weightsOf(model)).toEqual([[[0, 0]], [0, 0]]);
  });

  it("are as ever once none is awaited, also after an error", () => {
    expect(() =>
      awaitValues(1, () => {
        throw new Error("in between");
      }),
    ).toThrow("in between");
    expect(initialValues("A test", "ones", [2 ** 10], new RandomStream(0))[0]).toBe(1);
  });

  it("are refused before they are made where one is too large", () => {
    const layer = new Dense({ units: 2 ** 28 });
    expect(() => awaitValues(5, () => new Sequential([layer], { inputShape: [1] }))).toThrow(
      "Dense(1 → 268435456)'s kernel of shape [1, 268435456] holds 268435456 values, more than the file has.",
    );
  });

  it("are refused where all of them are too large together", () => {
    const features = slack / 4;
    const layers = () => [new BatchNorm({ center: false }), new BatchNorm()];
    const make = () => new Sequential(layers(), { inputShape: [features] });
    expect(() => awaitValues(3 * features - 1, make)).toThrow(
      `batchnorm_2 holds ${4 * features} values, more than the file has.`,
    );
    awaitValues(3 * features, make).dispose();
  });
});
