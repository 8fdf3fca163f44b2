import type * as tf from "@tensorflow/tfjs-core";
import { expectShape } from "../shape.ts";
import { expectTargetShape, type TargetKind } from "./target-shape.ts";

/**
 * What every loss checks first: that it need not broadcast, neither the target nor the weights.
 *
 * @param who the loss
 * @throws ShapeError
 */
export function expectArguments(
  kind: TargetKind,
  who: string,
  target: tf.Tensor,
  prediction: tf.Tensor,
  sampleWeights: tf.Tensor1D | undefined,
): void {
  expectTargetShape(kind, who, "a target", target.shape, prediction.shape);
  if (sampleWeights === undefined) return;
  const wanted = prediction.shape.slice(0, 1);
  expectShape(who, "sampleWeights", wanted, sampleWeights.shape, "Give each sample one weight.");
}
