/**
 * The half of `npm run bench:step` that takes the time: the same in a process of Node and in a page. It knows neither.
 */
import * as tf from "@tensorflow/tfjs-core";
import { explainStep, graphSize, useBackend, type BackendName } from "rivulet";
import { median } from "simple-statistics";
import {
  handWrittenStep,
  loopOver,
  publicStep,
  throughFit,
  throughTfjsLayers,
  tfjsModel,
  type Step,
} from "./step-ways.ts";
import type { Way } from "./in-turns.ts";
import { onTfjsKernels } from "./tfjs-kernels.ts";
import { networks, type Network } from "./step-times.ts";
import { loss, makeModel, makeRule, samplesIn, samplesOf } from "./step-work.ts";

/** The ways to train: the first two on tfjs's own kernels, as without rivulet. */
export const wayNames = ["by hand", "tfjs-layers", "by hand here", "trainStep", "fit as written", "fit"] as const;
export type WayName = (typeof wayNames)[number];

/** What a process or a page is asked: always of the same backend. */
export interface StepQuestion {
  readonly backend: BackendName;
  readonly network: Network["name"];
  /** How long to measure, once all is warm. */
  readonly seconds: number;
}

/** What was measured of one network. */
export interface StepMeasures {
  /** In µs a step, one for each round, of each way. */
  readonly times: Readonly<Record<WayName, readonly number[]>>;
  /** In a step, copies and reshapes not counted. */
  readonly kernels: Readonly<Record<"by hand" | "tfjs-layers" | "trainStep" | "fit", number>>;
  /** What tracing twice and compiling took beyond two steps as they are written, in such steps. */
  readonly traceCost: number;
}

/** In ms: what a round of one way should take. */
const roundLength = 120;
/** In ms: how long each way runs before anything counts. */
const warmUpLength = 500;
const [fewestRounds, mostRounds] = [3, 60];

/** Trains a network in all ways, in turns. */
export async function measureSteps({ backend, network: name, seconds }: StepQuestion): Promise<StepMeasures> {
  await useBackend(backend);
  const network = networks.find((each) => each.name === name) as Network;
  const ways: Record<WayName, Way> = {
    "by hand": onTfjsKernels(loopOver(handWrittenStep(network), network)),
    "tfjs-layers": onTfjsKernels(throughTfjsLayers(network)),
    "by hand here": loopOver(handWrittenStep(network), network),
    trainStep: loopOver(publicStep(network), network),
    "fit as written": throughFit(network, false),
    fit: throughFit(network, "auto"),
  };
  const times = await inTurns(ways, network, seconds);
  const kernels = {
    "by hand": await kernelsOf(network, handWrittenStep(network)),
    trainStep: await kernelsOf(network, publicStep(network)),
    "tfjs-layers": await kernelsOfTfjsLayers(network),
    fit: await kernelsOfFit(network),
  };
  const traceCost = await measureTrace(network, seconds);
  return { times, kernels, traceCost };
}

async function inTurns(ways: Record<WayName, Way>, network: Network, seconds: number): Promise<StepMeasures["times"]> {
  const steps = samplesIn(network) / network.batchSize;
  const epochs = new Map<WayName, number>();
  for (const name of wayNames) epochs.set(name, await warmUp(ways[name]));
  const times = new Map<WayName, number[]>(wayNames.map((name) => [name, []]));
  const start = performance.now();
  for (let round = 0; round < mostRounds; round++) {
    if (round >= fewestRounds && performance.now() - start > seconds * 1000) break;
    // Who goes first changes from round to round, so that a drifting machine hits all alike.
    for (let turn = 0; turn < wayNames.length; turn++) {
      const name = wayNames[(round + turn) % wayNames.length] as WayName;
      const count = epochs.get(name) ?? 1;
      times.get(name)?.push(((await millisecondsOf(ways[name], count)) * 1000) / (count * steps));
    }
  }
  return Object.fromEntries(times) as Record<WayName, number[]>;
}

/** Runs a way until it is warm. Returns how many of its epochs make a round. */
async function warmUp(way: Way): Promise<number> {
  let [elapsed, epochs, last] = [0, 1, Infinity];
  for (let runs = 0; runs < 3 || elapsed < warmUpLength; runs++) {
    const milliseconds = await millisecondsOf(way, epochs);
    elapsed += milliseconds;
    last = milliseconds / epochs;
    if (milliseconds < warmUpLength / 8) epochs *= 2;
    // A network that is slow is warm at once.
    if (last > warmUpLength) break;
  }
  return Math.max(1, Math.round(roundLength / last));
}

async function millisecondsOf(way: Way, epochs: number): Promise<number> {
  const before = performance.now();
  await way(epochs);
  return performance.now() - before;
}

const copies: ReadonlySet<string> = new Set(["Identity", "Reshape", "Cast"]);

/** As many kernels as on a batch. */
const fewSamples = 2;

async function countKernels(run: () => tf.TensorContainer | Promise<tf.TensorContainer>): Promise<number> {
  const { kernels } = await tf.profile(run);
  return kernels.filter(({ name }) => !copies.has(name)).length;
}

async function kernelsOf(network: Network, step: Step): Promise<number> {
  const { x, y } = samplesOf(network, fewSamples);
  step(x, y).dispose();
  return countKernels(() => {
    step(x, y).dispose();
    return [];
  });
}

async function kernelsOfTfjsLayers(network: Network): Promise<number> {
  const { x, y } = samplesOf(network, fewSamples);
  const model = tfjsModel(network);
  await model.trainOnBatch(x, y);
  return countKernels(async () => {
    await model.trainOnBatch(x, y);
    return [];
  });
}

async function kernelsOfFit(network: Network): Promise<number> {
  const { x, y } = samplesOf(network, network.batchSize);
  using model = makeModel(network);
  using optimizer = makeRule();
  const { compiled } = await explainStep(model, x, y, { loss, optimizer });
  tf.dispose([x, y]);
  return graphSize(compiled).kernels;
}

const tracedSteps = 5;

/** Short trainings, as they are written and compiled in turns; the first two steps of the latter are traced. */
async function measureTrace(network: Network, seconds: number): Promise<number> {
  const { batchSize } = network;
  const { x, y } = samplesOf(network, tracedSteps * batchSize);
  using model = makeModel(network);
  using optimizer = makeRule();
  const lengths = async (compile: "auto" | false) => {
    let begun = NaN;
    const times: number[] = [];
    const onBatchBegin = () => void (begun = performance.now());
    // Before it the loss is read back, which waits for a GPU.
    const onBatchEnd = () => void times.push(performance.now() - begun);
    const callbacks = [{ onBatchBegin, onBatchEnd }];
    await model.fit(x, y, { loss, optimizer, batchSize, verbose: 0, compile, callbacks });
    return times;
  };
  const costs: number[] = [];
  const start = performance.now();
  do {
    const [traced, written] = [await lengths("auto"), await lengths(false)];
    const firstTwo = ([first = NaN, second = NaN]: readonly number[]) => first + second;
    costs.push((firstTwo(traced) - firstTwo(written)) / median(written.slice(2)));
  } while (performance.now() - start < 300 * seconds);
  tf.dispose([x, y]);
  // The first ones are slow: code that runs once a training is compiled late.
  return median(costs.slice(Math.floor(costs.length / 3)));
}
