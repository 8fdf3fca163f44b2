/** Which run of which regime. */
export interface Turn {
  readonly regime: number;
  /** Counted from 0. */
  readonly repeat: number;
}

/**
 * The order of the runs: every regime once, then every regime again, so that a machine that drifts hits all alike. Who goes
 * first changes from repeat to repeat.
 */
export function interleave(regimes: number, repeats: number): Turn[] {
  return Array.from({ length: repeats }, (_, repeat) =>
    Array.from({ length: regimes }, (_unused, turn) => ({ regime: (turn + repeat) % regimes, repeat })),
  ).flat();
}
