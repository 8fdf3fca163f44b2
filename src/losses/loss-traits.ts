import type { Loss } from "../losses.ts";
import { binaryCrossentropy, binaryCrossentropyFromLogits } from "./binary-crossentropy.ts";
import {
  categoricalCrossentropy,
  categoricalCrossentropyFromLogits,
  sparseCategoricalCrossentropy,
  sparseCategoricalCrossentropyFromLogits,
} from "./categorical-crossentropy.ts";
import { huber, meanAbsoluteError, meanSquaredError } from "./regression.ts";
import type { TargetKind } from "./target-shape.ts";

/** What is known of a loss besides its value. */
export interface LossTraits {
  readonly target: TargetKind;
  /** Whether the prediction is z, which a sigmoid or softmax has yet to make a probability. */
  readonly fromLogits: boolean;
}

const traits = new Map<Loss, LossTraits>([
  [meanSquaredError, { target: "numbers", fromLogits: false }],
  [meanAbsoluteError, { target: "numbers", fromLogits: false }],
  [huber, { target: "numbers", fromLogits: false }],
  [binaryCrossentropy, { target: "fractions", fromLogits: false }],
  [binaryCrossentropyFromLogits, { target: "fractions", fromLogits: true }],
  [categoricalCrossentropy, { target: "distributions", fromLogits: false }],
  [categoricalCrossentropyFromLogits, { target: "distributions", fromLogits: true }],
  [sparseCategoricalCrossentropy, { target: "labels", fromLogits: false }],
  [sparseCategoricalCrossentropyFromLogits, { target: "labels", fromLogits: true }],
]);

/** The traits of a loss that has a name; undefined for a function of the user's. */
export function traitsOf(loss: Loss): LossTraits | undefined {
  return traits.get(loss);
}
