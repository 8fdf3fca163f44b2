import { lookUp } from "../lookup.ts";
import type { ProblemName } from "./problem-names.ts";
import type { RegimeProblem } from "./problem.ts";
import { autoMpg } from "./problems/auto-mpg.ts";
import { illConditioned } from "./problems/ill-conditioned.ts";
import { sine } from "./problems/sine.ts";
import { spirals } from "./problems/spirals.ts";

/** The built-in problems. Their samples are the same each time, whatever the seed of a comparison. */
const problems = {
  sine,
  "ill-conditioned": illConditioned,
  "auto-mpg": autoMpg,
  spirals,
} as const satisfies Readonly<Record<ProblemName, () => Promise<RegimeProblem>>>;

/** A built-in problem, for `compareRegimes`. @throws UnknownNameError with the nearest known name */
export async function builtInProblem(name: ProblemName): Promise<RegimeProblem> {
  return lookUp<() => Promise<RegimeProblem>>("built-in problem", name, problems)();
}
