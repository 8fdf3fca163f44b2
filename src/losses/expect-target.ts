import type { Loss } from "../losses.ts";
import { sizeOf, type Shape } from "../shape.ts";
import { traitsOf } from "./loss-traits.ts";
import { expectTargetShape } from "./target-shape.ts";

/**
 * Refuses a target of another shape than the loss wants: the prediction's, or for labels [batch] or [batch, 1]. A function
 * of the user's may take any (labels, say), but not the prediction's values in another shape: [batch] against [batch, 1]
 * would be compared each with each.
 *
 * @param who the call that was given the target, `"fit"`
 * @param name what that call names it
 * @throws ShapeError; also where the prediction has not the axis of classes that the loss needs
 */
export function expectTarget(who: string, loss: Loss, target: Shape, prediction: Shape, name = "y"): void {
  const kind = traitsOf(loss)?.target;
  const isSameSize = sizeOf(target) === sizeOf(prediction);
  if (kind === undefined && !isSameSize) return;
  const mend = isSameSize ? `Reshape ${name}: a loss never broadcasts.` : "A loss never broadcasts.";
  expectTargetShape(kind ?? "numbers", who, `a target ${name}`, target, prediction, mend);
}
