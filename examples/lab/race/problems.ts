import type { ProblemName } from "rivulet";
import type { ActivationName } from "../training/task.ts";

/** How a built-in problem is raced where nobody says otherwise, as the library has it; a test holds it to that. */
export interface ProblemSetting {
  readonly layers: readonly number[];
  readonly activation: ActivationName;
  readonly rate: number;
  readonly epochs: number;
  /** To train on. */
  readonly samples: number;
}

/** Written down here, so that the page shows its settings before the library is there. */
export const problems = {
  sine: { layers: [16], activation: "tanh", rate: 0.03, epochs: 30, samples: 256 },
  "ill-conditioned": { layers: [], activation: "tanh", rate: 0.02, epochs: 200, samples: 256 },
  spirals: { layers: [16, 16], activation: "tanh", rate: 0.05, epochs: 100, samples: 256 },
  "auto-mpg": { layers: [16], activation: "tanh", rate: 0.01, epochs: 30, samples: 313 },
} as const satisfies Record<ProblemName, ProblemSetting>;

export const problemNames = [
  "sine",
  "ill-conditioned",
  "spirals",
  "auto-mpg",
] as const satisfies readonly ProblemName[];
