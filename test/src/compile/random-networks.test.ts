import fc from "fast-check";
import { activations, losses, type Layer, type LossLike } from "rivulet";
import { BatchNorm, Dense, Dropout, LayerNorm } from "rivulet/layers";
import { expect, inject, it } from "vitest";
import { passNames } from "../../../src/compile/passes.ts";
import { trainCompiled, type CompiledRun } from "../../support/compiled-run.ts";
import { expectClose } from "../../support/expect-close.ts";
import { rules } from "../../support/rules.ts";

type ActivationName = keyof typeof activations;

const fraction = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** One stage of a network, made anew for each run. */
const stage: fc.Arbitrary<() => Layer> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({
        units: fc.integer({ min: 1, max: 5 }),
        activation: fc.constantFrom(...(Object.keys(activations) as ActivationName[])),
        useBias: fc.boolean(),
      })
      .map((options) => () => new Dense(options)),
  },
  { weight: 1, arbitrary: fraction(0, 0.6).map((rate) => () => new Dropout({ rate })) },
  { weight: 1, arbitrary: fc.constant(() => new LayerNorm()) },
  { weight: 1, arbitrary: fc.constant(() => new BatchNorm()) },
);

/** Losses of any numbers. */
const lossNames = (Object.keys(losses) as (LossLike & string)[]).filter((name) => !name.includes("rossentropy"));

const optimizer = fc.constantFrom(...rules).chain((rule) => {
  const options = fc.record({ learningRate: fraction(0.001, 0.05), weightDecay: fraction(0, 0.1) });
  return fc.tuple(options, rule.own).map(
    ([common, own]) =>
      () =>
        rule.make(common, own),
  );
});

const network: fc.Arbitrary<CompiledRun> = fc.record({
  layers: fc
    .array(stage, { maxLength: 4 })
    .map((stages) => () => [...stages.map((make) => make()), new Dense({ units: 2 })]),
  inputShape: fc.integer({ min: 1, max: 4 }).map((width) => [width]),
  loss: fc.constantFrom(...lossNames),
  metrics: fc.subarray(["mae", "rmse"] as const),
  optimizer,
  outputs: fc.constant(2),
  isWeighted: fc.boolean(),
  sizes: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 2 }),
  steps: fc.constant(7),
});

// A step takes tens of milliseconds on a GPU's backend in software.
const numRuns = ["cpu", "wasm"].includes(inject("backend")) ? 30 : 4;

it("is the step as it is written, to the last bit, for any network, if no pass changes it", async () => {
  const property = fc.asyncProperty(network, async (run) => {
    const eager = await trainCompiled(run);
    const replayed = await trainCompiled(run, passNames);
    expect(replayed.compiler.compiled).toBe(true);
    expect({ ...replayed, compiler: 0 }).toEqual({ ...eager, compiler: 0 });
  });
  await fc.assert(property, { numRuns });
});

it("is it but for rounding with all passes", async () => {
  const property = fc.asyncProperty(network, async (run) => {
    const eager = await trainCompiled(run);
    const optimised = await trainCompiled(run, []);
    expect(optimised.compiler.compiled).toBe(true);
    const [first = [], ...later] = eager.measured;
    // The first step differs by its own roundings: a dozen of 6e-8 each, of sums of some numbers about 1.
    await expectClose([...(optimised.measured[0] ?? [])], [...first], 5e-6);
    // Later ones start from weights that differ: rules that divide by √v, and layers that divide by a deviation, make a
    // rounding larger where that is small. In 300 networks none was off by 1e-4.
    for (const [index, row] of later.entries())
      await expectClose([...(optimised.measured[index + 1] ?? [])], [...row], 1e-3);
  });
  await fc.assert(property, { numRuns });
});
