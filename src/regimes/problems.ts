import { lookUp } from "../lookup.ts";
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
} as const satisfies Readonly<Record<string, () => Promise<RegimeProblem>>>;

/** What a built-in problem is called. */
export type ProblemName = keyof typeof problems;

/** All of them, the one that is compared where nobody chooses first. */
export const problemNames = Object.keys(problems) as readonly ProblemName[];

/** A built-in problem, for `compareRegimes`. @throws UnknownNameError with the nearest known name */
export async function builtInProblem(name: ProblemName): Promise<RegimeProblem> {
  return lookUp<() => Promise<RegimeProblem>>("built-in problem", name, problems)();
}
