import type { Target } from "./comparison.ts";
import type { JobOutcome } from "./job.ts";

/** How much of the deepest fall is to be done, where nobody named a loss. */
const share = 0.9;

/**
 * The loss whose reaching is timed: as asked, else the problem's own, else at nine tenths of the deepest fall of any run,
 *
 *     C_first − 0.9 (C_first − C_last)
 */
export function targetOf(
  asked: number | undefined,
  ofProblem: number | undefined,
  outcomes: readonly JobOutcome[],
): Target {
  if (asked !== undefined) return { loss: asked, from: "asked" };
  if (ofProblem !== undefined) return { loss: ofProblem, from: "problem" };
  const falls = outcomes.flatMap(({ curve: { trainingLoss } }) => {
    const [first, last] = [trainingLoss.at(0), trainingLoss.at(-1)];
    return first == null || last == null || !(last < first) ? [] : [{ first, fall: first - last }];
  });
  const [deepest] = falls.toSorted((a, b) => b.fall - a.fall);
  return { loss: deepest === undefined ? null : deepest.first - share * deepest.fall, from: "best run" };
}
