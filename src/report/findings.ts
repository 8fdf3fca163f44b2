import type { RegimeComparison } from "../regimes/comparison.ts";
import type { MeasuredColumn, RegimeRow } from "../regimes/regime.ts";
import { momentumFinding } from "./momentum-finding.ts";
import { countOf, formatNumber } from "./numbers.ts";
import { regimeInWords } from "./regime-words.ts";

/** What came out of a comparison, in sentences: the first says the most. All numbers are medians over the repeats. */
export function findingsOf(comparison: RegimeComparison): readonly string[] {
  const finished = comparison.regimes.filter(({ counts }) => counts.finished > 0);
  const words = finished.length === 0 ? nothingFinished(comparison) : targetFindings(comparison, finished);
  return [...words, ...lossFindings(comparison, finished), ...momentumFinding(comparison), ...doubts(comparison)].map(
    (sentence) => sentence.charAt(0).toUpperCase() + sentence.slice(1),
  );
}

function nothingFinished({ runs }: RegimeComparison): readonly string[] {
  if (runs.length === 0) return ["No run was made."];
  const reason = runs.find((run) => run.reason !== null)?.reason;
  const first = reason === undefined || reason === null ? "" : ` The first because: ${reason}`;
  return [`None of the ${countOf(runs.length, "run")} came to its end.${first}`];
}

function targetFindings(comparison: RegimeComparison, finished: readonly RegimeRow[]): readonly string[] {
  const goal = comparison.target.loss;
  if (goal === null) return ["No target loss was set, and none follows from the runs: no loss fell."];
  const target = `the target loss of ${formatNumber(goal)}`;
  const reached = finished.filter(({ measured }) => measured.stepsToTarget?.median != null);
  if (reached.length === 0) return [nobodyReached(finished, target)];
  const missing = finished.length - reached.length;
  const ended = finished.length < comparison.regimes.length ? " whose runs finished" : "";
  const most = comparison.repeats > 1 ? " in more than half of their runs" : "";
  const missed =
    missing === 0 ? [] : [`${missing} of the ${finished.length} regimes${ended} did not reach the target${most}.`];
  const [only] = reached;
  if (reached.length === 1 && only !== undefined) {
    const alone = finished.length > 1 ? `: the only one of ${finished.length} regimes` : "";
    return [`${reacher(only, comparison)} reached ${target} after ${costsOf(only, comparison)}${alone}.`];
  }
  return [leastFinding(comparison, reached, target), ...closeCall(comparison, reached), ...missed];
}

function nobodyReached(finished: readonly RegimeRow[], target: string): string {
  const reaching = finished.reduce((sum, { measured }) => sum + (measured.stepsToTarget?.count ?? 0), 0);
  if (reaching === 0) return `No run reached ${target}.`;
  return `No regime reached ${target} in more than half of its runs; ${countOf(reaching, "run")} in all did.`;
}

/** `310 steps (8.2 epochs, 0.41 seconds)` */
function costsOf({ measured }: RegimeRow, { secondsAreComparable }: RegimeComparison): string {
  const cost = (column: MeasuredColumn, unit: string) => amountOf(measured[column]?.median ?? null, unit);
  const seconds = secondsAreComparable ? `, ${cost("secondsToTarget", "second")}` : "";
  return `${cost("stepsToTarget", "step")} (${cost("epochsToTarget", "epoch")}${seconds})`;
}

function amountOf(amount: number | null, unit: string): string {
  return `${formatNumber(amount)} ${unit}${formatNumber(amount) === "1" ? "" : "s"}`;
}

/** `A reached the target loss of 0.01 after 310 steps, the fewest; B after 2.1 epochs and 0.12 seconds, the least of all.` */
function leastFinding(comparison: RegimeComparison, rows: readonly RegimeRow[], target: string): string {
  const amountsOf = new Map<string, string[]>();
  for (const [column, unit] of [
    ["stepsToTarget", "step"],
    ["epochsToTarget", "epoch"],
    ...(comparison.secondsAreComparable ? [["secondsToTarget", "second"] as const] : []),
  ] as const) {
    const { winners, value } = leastOf(rows, column);
    const who = listOf(winners.map((row) => reacher(row, comparison)));
    if (value !== null) amountsOf.set(who, [...(amountsOf.get(who) ?? []), amountOf(value, unit)]);
  }
  const clauses = [...amountsOf].map(([who, amounts], index) => {
    const reached = index === 0 ? ` reached ${target}` : "";
    return `${who}${reached} after ${listOf(amounts)}, the ${amounts.length === 1 ? "fewest" : "fewest of each"}`;
  });
  return `${clauses.join("; ")}.`;
}

/** A word of warning where the quartiles of the fewest steps reach into those of others. */
function closeCall({ regimes, repeats }: RegimeComparison, rows: readonly RegimeRow[]): readonly string[] {
  const { winners } = leastOf(rows, "stepsToTarget");
  const [winner] = winners;
  if (winner === undefined || winners.length > 1 || repeats === 1) return [];
  const end = winner.measured.stepsToTarget?.upper ?? Infinity;
  const rivals = rows.filter((row) => row !== winner && (row.measured.stepsToTarget?.lower ?? Infinity) <= end);
  if (rivals.length === 0) return [];
  const names = listOf(rivals.map((row) => regimeInWords(row, regimes)));
  return [`In steps its quartiles overlap with those of ${names}: only more repeats would tell which needs fewer.`];
}

/** Those whose median is the least, more than one where several are equal. */
function leastOf(rows: readonly RegimeRow[], column: MeasuredColumn) {
  const medianOf = ({ measured }: RegimeRow) => measured[column]?.median ?? Infinity;
  const value = Math.min(...rows.map(medianOf));
  return { value: Number.isFinite(value) ? value : null, winners: rows.filter((row) => medianOf(row) === value) };
}

function lossFindings(comparison: RegimeComparison, finished: readonly RegimeRow[]): readonly string[] {
  const lossesOf = new Map<string, string[]>();
  for (const [column, name] of [
    ["trainingLoss", "training"],
    ["validationLoss", "validation"],
  ] as const) {
    const { winners, value } = leastOf(finished, column);
    const who = listOf(winners.map((row) => named(row, comparison)));
    const lowest = finished.length > 1 ? "the lowest" : "a";
    const loss = `${lowest} ${name} loss of ${formatNumber(value)}`;
    if (value !== null) lossesOf.set(who, [...(lossesOf.get(who) ?? []), loss]);
  }
  const clauses = [...lossesOf].map(([who, losses], index) => {
    return `${who}${index === 0 ? " ended" : ""} with ${listOf(losses)}`;
  });
  return clauses.length === 0 ? [] : [`${clauses.join("; ")}.`];
}

/** A regime in words, with a remark where not all of its runs came to their end. */
function named(row: RegimeRow, { regimes, repeats }: RegimeComparison): string {
  const words = regimeInWords(row, regimes);
  return row.counts.finished < repeats ? `${words} (${row.counts.finished} of ${repeats} runs finished)` : words;
}

/** The same, with a remark where some of its runs missed the target. */
function reacher(row: RegimeRow, comparison: RegimeComparison): string {
  const missed = row.counts.finished - (row.measured.stepsToTarget?.count ?? 0);
  const words = named(row, comparison);
  return missed === 0 ? words : `${words} (${countOf(missed, "run")} missed it)`;
}

/** `a`, `a and b`, `a, b and 3 others` */
function listOf(names: readonly string[]): string {
  const [first = "", second = "", third = ""] = names;
  if (names.length <= 1) return first;
  if (names.length === 2) return `${first} and ${second}`;
  return `${first}, ${second} and ${names.length === 3 ? third : `${names.length - 2} others`}`;
}

/** What keeps a reader from taking the rest at its word. */
function doubts({ runs, regimes, repeats, ...comparison }: RegimeComparison): readonly string[] {
  const unfinished = (["diverged", "failed", "stopped"] as const).flatMap((status) => {
    const count = runs.filter((run) => run.status === status).length;
    return count === 0 ? [] : [`${count} ${status}`];
  });
  const once = repeats === 1 && regimes.length > 1;
  return [
    ...(unfinished.length === 0 ? [] : [`Of ${countOf(runs.length, "run")}, ${unfinished.join(", ")}.`]),
    ...(once ? ["Each regime ran once: nobody knows how much of the differences is chance."] : []),
    ...(comparison.secondsAreComparable ? [] : [`Seconds are not comparable: ${comparison.whySecondsAreNot ?? ""}`]),
    ...(comparison.isComplete ? [] : [`Not all runs were made: ${comparison.whyIncomplete ?? ""}`]),
  ];
}
