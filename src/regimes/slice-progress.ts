import type { ComparisonProgress } from "./remaining-time.ts";

/** In ms, between two reports. */
const reportEvery = 100;

/** In seconds: what a place takes as long as nothing is known. */
const firstGuess = 0.0005;

/** What progress calls it. */
const running = "the loss around the paths";

/**
 * Tells how far the slice is, a few times a second.
 *
 * @param jobs how many have ended, of how many
 * @param places of the grid
 * @returns takes the share of them that are done
 */
export function sliceProgress(
  jobs: Pick<ComparisonProgress, "done" | "total">,
  places: number,
  onProgress: ((progress: ComparisonProgress) => void) | undefined,
): (share: number) => void {
  const begun = performance.now();
  let toldAt = -Infinity;
  return (share) => {
    const now = performance.now();
    if (onProgress === undefined || (share < 1 && now - toldAt < reportEvery)) return;
    toldAt = now;
    const whole = share === 0 ? firstGuess * places : (now - begun) / 1000 / share;
    onProgress({ ...jobs, phase: "slice", share, secondsLeft: (1 - share) * whole, running });
  };
}
