import fc from "fast-check";
import type { Layer } from "rivulet";
import { Activation, BatchNorm, Dense, Dropout, ELU, LayerNorm, LeakyReLU } from "rivulet/layers";

const size = fc.integer({ min: 1, max: 4 });
const rate = fc.double({ min: 0, max: 0.9, noNaN: true });
const activation = fc.constantFrom("linear", "sigmoid", "tanh", "relu", "softmax", "elu", "softplus", "gelu" as const);

/** Any layer that takes any flat input, and treats each sample by itself: a step on two samples is the mean of two. */
export const anyLayerOfOneSample: fc.Arbitrary<() => Layer> = fc.oneof(
  fc.record({ units: size, activation, useBias: fc.boolean() }).map((options) => () => new Dense(options)),
  activation.map((name) => () => new Activation({ activation: name })),
  fc.record({ center: fc.boolean(), scale: fc.boolean() }).map((options) => () => new LayerNorm(options)),
  fc.constantFrom(
    () => new LeakyReLU(),
    () => new ELU(),
  ),
);

/** Any layer that takes any flat input. */
export const anyLayer: fc.Arbitrary<() => Layer> = fc.oneof(
  { arbitrary: anyLayerOfOneSample, weight: 3 },
  fc
    .record({ momentum: rate, center: fc.boolean(), scale: fc.boolean() })
    .map((options) => () => new BatchNorm(options)),
  rate.map((dropped) => () => new Dropout({ rate: dropped })),
);
