/** What is gone through, one equation at a time: forward, then the four equations of back-propagation. */
export const stages = ["network", "hidden", "output", "cost", "bp1", "bp2", "bp3", "bp4"] as const;

export type Stage = (typeof stages)[number];

/** Whether a stage's numbers are known by another one. */
export function isReached(stage: Stage, at: Stage): boolean {
  return stages.indexOf(at) >= stages.indexOf(stage);
}
