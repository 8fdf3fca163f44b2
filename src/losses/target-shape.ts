import { ShapeError } from "../errors.ts";
import { expectShape, formatShape, type Shape } from "../shape.ts";

/**
 * What a loss compares a prediction with: numbers, or fractions in [0, 1], of the prediction's shape; rows of fractions
 * that are distributions over classes, of its shape too; or labels, one whole number a sample.
 */
export type TargetKind = "numbers" | "fractions" | "distributions" | "labels";

const isLabels = "These look like labels: take sparseCategoricalCrossentropy, or another sparse form.";
const isOneHot = "These look one-hot: take categoricalCrossentropy, or another form that is not sparse.";

/**
 * Refuses a target that a loss would have to broadcast: [batch] against [batch, 1] would be compared each with each.
 *
 * @param who the loss, or the call that was given the target
 * @param what what the target is to it: `"a target"`
 * @param mend what to change, where the shapes themselves do not say it
 * @throws ShapeError; also for a prediction that has no axis of classes where the kind needs one
 */
export function expectTargetShape(
  kind: TargetKind,
  who: string,
  what: string,
  target: Shape,
  prediction: Shape,
  mend = "Give the target the prediction's shape.",
): void {
  if (kind === "labels" || kind === "distributions") expectClasses(kind, who, prediction);
  if (kind === "labels") return expectLabelShape(who, what, target, prediction);
  const isForClasses = kind !== "numbers" && isShapeOfLabels(target, prediction);
  expectShape(who, what, prediction, target, isForClasses ? isLabels : mend);
}

function expectClasses(kind: TargetKind, who: string, prediction: Shape): void {
  const isRank = kind === "labels" ? prediction.length === 2 : prediction.length >= 2;
  if (isRank && (prediction.at(-1) as number) >= 2) return;
  const message =
    `${who} expects a prediction of shape [batch, classes] with 2 classes or more, got ${formatShape(prediction)}. ` +
    "Give the last layer a unit for each class; for two classes in one unit take binaryCrossentropy.";
  throw new ShapeError(message, [null, null], prediction);
}

/** Labels of several classes, where the prediction has one output for each. */
function isShapeOfLabels(target: Shape, prediction: Shape): boolean {
  const [samples, classes = 1] = prediction;
  const isColumn = target.length === 1 || (target.length === 2 && target[1] === 1);
  return prediction.length === 2 && classes >= 2 && target[0] === samples && isColumn;
}

function expectLabelShape(who: string, what: string, target: Shape, prediction: Shape): void {
  if (isShapeOfLabels(target, prediction)) return;
  const [samples = 0] = prediction;
  const isSame = formatShape(target) === formatShape(prediction);
  const message =
    `${who} expects ${what} of shape [${samples}] or [${samples}, 1], got ${formatShape(target)}. ` +
    (isSame ? isOneHot : "Give each sample one label, the number of its class.");
  throw new ShapeError(message, [samples], target);
}
