import { formatNumbers } from "../nested-numbers.ts";
import { causesOfNoFall } from "./causes.ts";
import type { Finding } from "./finding.ts";
import type { LearningRatePoint, Sweep, Swept } from "./learning-rate-sweep.ts";
import type { Look } from "./look.ts";
import { roughly } from "./roughly.ts";

/** What a search for a learning rate found. */
export interface LearningRateSearch {
  /** The rate, to two digits; undefined where the loss fell at none. */
  readonly recommended: number | undefined;
  /** How the rate follows from the points; or why there is none, and what to try. */
  readonly message: string;
  /** Every rate that was tried, and the loss after the step at it, smoothed: to be drawn over the rate's logarithm. */
  readonly points: readonly LearningRatePoint[];
  /** What was seen where the loss fell at no rate, likely causes first. */
  readonly findings: readonly Finding[];
}

/** A loss that came down by a smaller share did not fall. */
const leastFall = 0.02;

/** What is left of the fall where a loss is as good as its smallest. */
const nearlyAll = 0.05;

/** Whether the rates of a sweep were too large from the start, so that lower ones are worth a try. */
export function blewUpAtOnce(swept: Swept, { from, steps }: Sweep): boolean {
  const largest = largestGood(swept);
  const isEarly = largest === undefined || largest.learningRate < 100 * from;
  return Number.isFinite(swept.start) && swept.points.length < steps && isEarly;
}

/** The rate that follows from a sweep, or an explanation. The look is at the model as it was before. */
export async function recommend(look: Look, swept: Swept, sweep: Sweep): Promise<LearningRateSearch> {
  const { start, points } = swept;
  const largest = largestGood(swept);
  if (largest !== undefined) {
    const recommended = Number((largest.learningRate / 10).toPrecision(2));
    const message =
      `${roughly(recommended)} is a tenth of ${roughly(largest.learningRate)}, the largest rate after which the loss was about as ` +
      `small as after any: it had come down from ${formatNumbers(start)} to ${formatNumbers(largest.loss)}.`;
    return { recommended, message, points, findings: [] };
  }
  const findings = await causesOfNoFall(look);
  const advice = findings.map(({ message }) => message);
  if (advice.length === 0) advice.push("It may have learnt all that it can; else try other first weights.");
  const blewUp = points.length < sweep.steps ? ", where it blew up," : "";
  const rates = `from ${roughly(sweep.from)} to ${roughly(points.at(-1)?.learningRate ?? sweep.from)}${blewUp}`;
  const seen = `At no rate ${rates} did the loss fall from its first ${formatNumbers(start)} by ${100 * leastFall} % or more.`;
  return { recommended: undefined, message: [seen, ...advice].join(" "), points, findings };
}

/** The largest rate that does no harm yet; none if the loss did not fall. */
function largestGood({ start, points }: Swept): LearningRatePoint | undefined {
  const smallest = Math.min(...points.map(({ loss }) => loss));
  if (!(smallest < start - leastFall * Math.abs(start))) return undefined;
  return points.findLast(({ loss }) => loss <= smallest + nearlyAll * (start - smallest));
}
