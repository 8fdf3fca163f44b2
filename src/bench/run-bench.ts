import {
  compareRegimes,
  type BackendName,
  type Budget,
  type CompareRegimesOptions,
  type RegimeComparison,
  type RuleName,
} from "rivulet";
import type { ActivationLike } from "../activations.ts";
import { benchProblem, type BenchData } from "./bench-problem.ts";
import { startComparisonBar } from "./comparison-bar.ts";
import { comparisonCsv } from "./comparison-csv.ts";
import { comparisonText } from "./comparison-text.ts";
import { JobWorkers } from "./job-workers.ts";
import { reportOf } from "../report/report-of.ts";
import { writeText } from "./output-file.ts";
import { partialResults, type ResultFile } from "./partial-results.ts";

/** What the command was asked for. Of what is left out the problem or the library knows a default. */
export interface BenchOptions extends BenchData {
  readonly layers?: readonly number[];
  readonly activation?: ActivationLike;
  readonly optimizer: RuleName;
  readonly learningRate?: readonly number[];
  readonly momentum?: readonly number[];
  readonly batchSizes: readonly (number | "full")[];
  readonly budget: Budget | undefined;
  readonly targetLoss?: number;
  readonly repeats: number;
  readonly backend: readonly (BackendName | "auto")[];
  readonly compile: "auto" | false;
  readonly fairLearningRates: boolean;
  readonly workers: number;
  /** As it was typed. */
  readonly command: string;
  /** Files to write, where asked for. */
  readonly json?: string;
  readonly csv?: string;
  readonly html?: string;
}

/** The files that can be written, and what stands in each. */
const renderings = {
  json: (comparison: RegimeComparison) => `${JSON.stringify(comparison)}\n`,
  csv: comparisonCsv,
  html: reportOf,
} as const satisfies Readonly<Record<string, (comparison: RegimeComparison) => string>>;

/** The options that name a file to write. */
export const outputNames = Object.keys(renderings) as readonly (keyof typeof renderings)[];

/**
 * Compares regimes, says what was found, and writes the files that were asked for, also with what was measured so far while
 * it runs. When the signal aborts, that is what was found so far.
 *
 * @param say takes results, in plain text of 80 columns
 * @throws as `compareRegimes` and `benchProblem` do, before anything runs; Error for a file that cannot be written
 */
export async function runBench(options: BenchOptions, signal: AbortSignal, say: (text: string) => void): Promise<void> {
  const problem = await benchProblem(options, (text) => say(`${text}\n`));
  const files = outputNames.flatMap((name): ResultFile[] => {
    const path = options[name];
    return path === undefined ? [] : [{ path, render: renderings[name] }];
  });
  const settings = { ...libraryOptions(options), signal, onRunEnd: partialResults(files, signal) };
  const comparison = await compare(problem, settings, options.workers);
  say(comparisonText(comparison));
  const failures: unknown[] = [];
  for (const { path, render } of files) {
    // One that fails must not keep the others from being written.
    await writeText(path, render(comparison)).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new Error(failures.map((error) => (error as Error).message).join("\n"));
}

function libraryOptions(options: BenchOptions): CompareRegimesOptions {
  const { layers, activation, learningRate, momentum, budget, targetLoss, backend } = options;
  const { optimizer, batchSizes, repeats, seed, compile, fairLearningRates, command } = options;
  return {
    optimizer,
    batchSizes,
    repeats,
    seed,
    compile,
    fairLearningRates,
    command,
    backends: backend,
    ...(layers && { layers }),
    ...(activation && { activation }),
    ...(learningRate && { learningRates: learningRate }),
    ...(momentum && { momenta: momentum }),
    ...(budget && { budget }),
    ...(targetLoss !== undefined && { targetLoss }),
  };
}

async function compare(
  problem: Parameters<typeof compareRegimes>[0],
  options: CompareRegimesOptions,
  workers: number,
): Promise<RegimeComparison> {
  const bar = startComparisonBar();
  const pool = workers > 1 ? new JobWorkers(workers) : undefined;
  try {
    return await compareRegimes(problem, {
      ...options,
      onProgress: bar.advance,
      ...(pool && { runJob: pool.run, workers }),
    });
  } finally {
    bar.stop();
    await pool?.close();
  }
}
