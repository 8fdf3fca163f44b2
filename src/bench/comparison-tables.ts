import { markdownTable } from "markdown-table";
import type { MeasuredColumn, Regime, RegimeComparison, RegimeRow } from "rivulet";
import { pageWidth } from "../table/text-width.ts";
import { numberText } from "./number-text.ts";

/** A column of a table: its heading, and what stands in it for each regime. */
interface Column {
  readonly heading: string;
  readonly cells: readonly string[];
}

/** What tells regimes apart: the batch always, the rest where it differs. */
const parts: readonly { readonly part: keyof Regime; readonly heading: string; readonly always?: true }[] = [
  { part: "batchSize", heading: "batch", always: true },
  { part: "optimizer", heading: "optimizer" },
  { part: "momentum", heading: "momentum" },
  { part: "learningRate", heading: "rate" },
  { part: "backend", heading: "backend" },
];

function identityOf({ regimes }: RegimeComparison): Column[] {
  const told = parts
    .filter(({ part, always }) => always === true || new Set(regimes.map((regime) => regime[part])).size > 1)
    .map(({ part, heading }) => ({ heading, cells: regimes.map((regime) => String(regime[part] ?? "–")) }));
  return [...told, ...finishedOf(regimes)];
}

/** How many runs finished, where not all did. */
function finishedOf(regimes: readonly RegimeRow[]): Column[] {
  const cells = regimes.map(({ counts }) => {
    const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
    return { isWhole: counts.finished === all, text: `${counts.finished}/${all}` };
  });
  if (cells.every(({ isWhole }) => isWhole)) return [];
  return [{ heading: "ended", cells: cells.map(({ text }) => text) }];
}

/** A median, and half the distance between the quartiles where runs differ, as a share of it: `5,240 ±3%`. */
function spreadCell({ measured, counts }: RegimeRow, column: MeasuredColumn, withSpread: boolean): string {
  const spread = measured[column];
  if (spread === null || spread.median === null) {
    if (column === "trainingLoss" && counts.finished === 0) return failureOf(counts);
    // A target that some runs reached, but not half of them.
    return spread !== null && spread.count > 0 ? `(${spread.count} run${spread.count === 1 ? "" : "s"})` : "–";
  }
  const { median, lower, upper } = spread;
  if (!withSpread || median === 0 || lower === null || upper === null || lower === upper) return numberText(median);
  return `${numberText(median)} ±${Math.max(1, Math.round((50 * (upper - lower)) / Math.abs(median)))}%`;
}

/** What stands where no run has a loss in the end. */
function failureOf({ diverged, failed }: RegimeRow["counts"]): string {
  return diverged > 0 ? "diverged" : failed > 0 ? "failed" : "–";
}

type Chosen = readonly [column: MeasuredColumn, heading: string, withSpread?: true];

const speed: readonly Chosen[] = [
  ["stepsPerSecond", "steps/s", true],
  ["samplesPerSecond", "samples/s"],
];

const losses: readonly Chosen[] = [
  ["trainingLoss", "training loss", true],
  ["validationLoss", "validation"],
];

const toTarget: readonly Chosen[] = [
  ["epochsToTarget", "epochs"],
  ["stepsToTarget", "steps", true],
];

const secondsToTarget: readonly Chosen[] = [["secondsToTarget", "seconds", true]];

const noise: readonly Chosen[] = [
  ["noiseAtStart", "noise, start"],
  ["noiseAtEnd", "end"],
];

function columnsOf({ regimes }: RegimeComparison, chosen: readonly Chosen[]): Column[] {
  return chosen.map(([column, heading, withSpread = false]) => ({
    heading,
    cells: regimes.map((row) => spreadCell(row, column, withSpread)),
  }));
}

/** How fast the regimes are, where that can be compared, and how good in the end. */
export function endTables(comparison: RegimeComparison): string {
  const chosen = comparison.secondsAreComparable ? [...speed, ...losses] : losses;
  return tables(identityOf(comparison), columnsOf(comparison, chosen));
}

/** What it takes the regimes to reach the target, and how rough their gradients are on the way. */
export function wayTables(comparison: RegimeComparison): string {
  const seconds = comparison.secondsAreComparable ? secondsToTarget : [];
  return tables(identityOf(comparison), columnsOf(comparison, [...toTarget, ...seconds, ...noise]));
}

/** As many tables as it takes to stay within the page, each of which begins with the regimes. */
function tables(identity: readonly Column[], columns: readonly Column[]): string {
  const groups: Column[][] = [];
  for (const column of columns) {
    const last = groups.at(-1);
    if (last !== undefined && widthOf([...identity, ...last, column]) <= pageWidth) last.push(column);
    else groups.push([column]);
  }
  return groups.map((group) => tableOf([...identity, ...group])).join("\n\n");
}

function widthOf(columns: readonly Column[]): number {
  return columns.reduce(
    (sum, { heading, cells }) => sum + Math.max(...[heading, ...cells].map(({ length }) => length)) + 3,
    1,
  );
}

function tableOf(columns: readonly Column[]): string {
  const [first] = columns;
  const rows = (first?.cells ?? []).map((_, row) => columns.map(({ cells }) => cells[row] ?? ""));
  return markdownTable([columns.map(({ heading }) => heading), ...rows], { align: columns.map(() => "r") });
}
