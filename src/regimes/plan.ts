import * as tf from "@tensorflow/tfjs-core";
import type { BackendName } from "../backend/candidate.ts";
import { expectBackend } from "../backend/expect-backend.ts";
import { useBackend } from "../backend/use-backend.ts";
import { disposeSamples } from "../batches.ts";
import { resolveLoss } from "../losses.ts";
import { prepareSamples } from "../training-data.ts";
import type { BackendSummary, Budget, NetworkSummary } from "./comparison.ts";
import type { Regime } from "./regime.ts";
import type { RegimeJob } from "./job.ts";
import { buildNetwork, type NetworkPlan } from "./network.ts";
import { who, type ComparisonSettings } from "./options.ts";
import type { ProblemSamples, RegimeProblem } from "./problem.ts";
import { makeRule } from "./rules.ts";

/** A comparison, checked and ready to run. */
export interface ComparisonPlan {
  readonly settings: ComparisonSettings;
  readonly problem: RegimeProblem;
  readonly samples: ProblemSamples;
  readonly network: NetworkPlan;
  readonly summary: NetworkSummary;
  readonly backends: readonly BackendSummary[];
  /** In the order of the table. With fair learning rates, one for each candidate. */
  readonly regimes: readonly Regime[];
}

/**
 * Starts the backends once, and looks whether network, loss and samples fit each other.
 *
 * @throws BackendError, UnknownNameError; ShapeError, DataError
 */
export async function planComparison(
  problem: RegimeProblem,
  settings: ComparisonSettings,
  samples: ProblemSamples,
): Promise<ComparisonPlan> {
  const { layers, activation, loss } = settings;
  const network = { layers, activation, loss, features: samples.features, outputs: problem.outputs ?? samples.width };
  const backends = await startBackends(settings.backends);
  using model = buildNetwork(network, settings.seed);
  for (const part of [samples.training, samples.validation]) {
    if (part !== undefined) disposeSamples(await prepareSamples({ who, model, loss: resolveLoss(loss) }, part));
  }
  const summary = {
    layers: [network.features, ...layers, network.outputs],
    activation: nameOf(activation),
    loss: nameOf(loss),
    parameters: model.parameters.reduce((sum, parameter) => sum + parameter.size, 0),
  };
  return { settings, problem, samples, network, summary, backends, regimes: regimesOf(settings, backends) };
}

/** Starts each, so that one that cannot is found out before anything runs; the first one runs in the end. */
async function startBackends(names: readonly (BackendName | "auto")[] | undefined): Promise<BackendSummary[]> {
  if (names === undefined) {
    expectBackend();
    return [{ name: tf.getBackend(), description: "" }];
  }
  const summaries = new Map<BackendName, string>();
  for (const name of names) {
    const report = await useBackend(name);
    summaries.set(report.name, report.toString().split("\n")[0] ?? "");
  }
  const [first] = summaries.keys();
  if (first !== undefined && summaries.size > 1) await useBackend(first);
  return [...summaries].map(([name, description]) => ({ name, description }));
}

/** Each backend with each batch size, momentum and rate. */
function regimesOf(settings: ComparisonSettings, backends: readonly BackendSummary[]): Regime[] {
  const { batchSizes, momenta, learningRates, compile } = settings;
  const optimizer = ruleName(settings);
  return backends.flatMap(({ name: backend }) =>
    batchSizes.flatMap((batchSize) =>
      momenta.flatMap((momentum) =>
        learningRates.map((learningRate) => ({ batchSize, momentum, learningRate, optimizer, backend, compile })),
      ),
    ),
  );
}

function ruleName({ optimizer, learningRates: [learningRate = 0], momenta: [momentum = null] }: ComparisonSettings) {
  if (typeof optimizer === "string") return optimizer;
  using rule = makeRule(optimizer, { learningRate, momentum });
  return rule.constructor.name;
}

function nameOf(part: string | { readonly name: string }): string {
  return typeof part === "string" ? part : part.name;
}

/** One run of a regime. */
export function jobOf(
  { settings, network, samples }: ComparisonPlan,
  regime: Regime,
  { seed, budget, wants }: { readonly seed: number; readonly budget: Budget; readonly wants: RegimeJob["wants"] },
): RegimeJob {
  const { training, validation } = samples;
  return { regime, rule: settings.optimizer, network, training, validation, seed, budget, wants };
}
