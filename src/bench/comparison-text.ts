import type { RegimeComparison, RegimeRow } from "rivulet";
import { countOf, oneLine, wrapLines } from "../table/text-width.ts";
import { endTables, wayTables } from "./comparison-tables.ts";
import { durationText, numberText } from "./number-text.ts";

/** What is compared, in a few lines. */
function questionText(comparison: RegimeComparison): string {
  const { problem, network, budget, repeats, seeds, backends, regimes } = comparison;
  const samples = [`${countOf(problem.trainingSamples, "sample")} to train on`];
  if (problem.validationSamples > 0) samples.push(`${problem.validationSamples.toLocaleString("en")} to validate on`);
  const [rule] = regimes;
  const rates = [...new Set(regimes.map(({ learningRate }) => learningRate))];
  const rate = rates.length === 1 ? `learning rate ${rates[0]}` : `learning rates ${rates.join(", ")}`;
  const lines = [
    `${problem.description === "" ? problem.name : problem.description} ${samples.join(", ")}.`,
    `Network ${network.layers.join("-")} (${network.activation}), ${countOf(network.parameters, "weight")}, ${network.loss}; ` +
      `${rule?.optimizer}, ${rate}.`,
    `Each run: ${amountText(budget)}, ${countOf(repeats, "run")} of each regime, ${seedsText(seeds)}.`,
    ...backends.map(({ name, description }) => (description === "" ? `${name} runs.` : description)),
  ];
  return lines.map((line) => wrapLines(line)).join("\n");
}

function seedsText(seeds: readonly number[]): string {
  return seeds.length === 1 ? `seed ${seeds[0]}` : `seeds ${seeds[0]} to ${seeds.at(-1)}`;
}

function amountText({ unit, amount }: RegimeComparison["budget"]): string {
  return `${amount.toLocaleString("en")} ${amount === 1 ? unit.slice(0, -1) : unit}`;
}

/** All that was found, in plain text of 80 columns. */
export function comparisonText(comparison: RegimeComparison): string {
  const { target, secondsAreComparable } = comparison;
  const goal = target.loss === null ? "a training loss" : `a training loss of ${numberText(target.loss)}`;
  const counted = secondsAreComparable ? "Epochs, steps and seconds of training" : "Epochs and steps";
  return [
    questionText(comparison),
    secondsAreComparable ? "Speed, and the loss in the end:" : "The loss in the end:",
    endTables(comparison),
    wrapLines(`${counted} to ${goal}, and the noise of the gradients:`),
    wayTables(comparison),
    ...problemLines(comparison.regimes),
    wrapLines(legendOf(comparison)),
    wrapLines(timesOf(comparison)),
  ].join("\n\n");
}

/** A line for each regime of which a run diverged or failed. */
function problemLines(regimes: readonly RegimeRow[]): string[] {
  const lines = regimes.flatMap(({ label, counts, reason }) => {
    const said = (["diverged", "failed"] as const).filter((status) => counts[status] > 0);
    if (said.length === 0) return [];
    const runs = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const happened = said.map((status) => `${counts[status]} ${status}`).join(", ");
    return [wrapLines(`${label}: of ${countOf(runs, "run")} ${happened}. ${firstSentence(reason ?? "")}`)];
  });
  return lines.length === 0 ? [] : [lines.join("\n")];
}

function firstSentence(text: string): string {
  return /^.*?[.](?= |$)/.exec(oneLine(text))?.[0] ?? oneLine(text);
}

function legendOf({ target, repeats, secondsAreComparable, whySecondsAreNot }: RegimeComparison): string {
  const from = {
    asked: "",
    problem: " The target is the problem's own.",
    "best run": " The target is where nine tenths of the best run's fall were done.",
  }[target.from];
  const spread = repeats === 1 ? "" : `Medians of the runs; ± half the distance between the quartiles. `;
  const noise = "Noise: √(E ‖g_B − g‖²) / ‖g‖, 1 is as much noise as signal. –: none, or not reached.";
  const why = secondsAreComparable ? "" : ` Seconds are left out: ${whySecondsAreNot}`;
  return `${spread}${noise}${from}${why}`;
}

/** Where the time went. */
function timesOf({ wallSeconds, runs, isComplete, whyIncomplete, learningRateSweeps }: RegimeComparison): string {
  const sum = (column: "seconds" | "warmUpSeconds" | "tracingSeconds") =>
    durationText(runs.reduce((total, { measured }) => total + (measured[column] ?? 0), 0));
  const parts = [
    `${sum("seconds")} training`,
    `${sum("warmUpSeconds")} warming up`,
    `${sum("tracingSeconds")} recording steps`,
  ];
  const sweeps =
    learningRateSweeps === null ? "" : " Each regime's rate is its best of a search at a quarter of the budget.";
  const missing = isComplete ? "" : ` ${whyIncomplete}`;
  return `In ${durationText(wallSeconds)}: ${parts.join(", ")}, the rest measuring.${sweeps}${missing}`;
}
