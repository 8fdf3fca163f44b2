import type { Regime } from "rivulet";
import * as z from "zod/mini";
import { choiceField, choicesField, countField, numberField, switchField } from "../shell/fields.ts";
import { PageState } from "../shell/page-state.ts";
import { activationNames, type ActivationName } from "../training/task.ts";
import { problemNames, problems } from "./problems.ts";

/** What each slider and field takes. */
export const ranges = {
  rate: { least: 0.0001, most: 10 },
  epochs: { least: 1, most: 500 },
  seed: { least: 0, most: 999_999 },
  repeats: { least: 1, most: 5 },
  units: { least: 1, most: 64 },
} as const;

export const mostLayers = 3;

/** More lines than these nobody tells apart. */
export const mostRegimes = 12;

export const optimizerNames = ["sgd", "rmsprop", "adagrad", "adam", "adamw"] as const;
export const batchSizes = ["full", "128", "32", "16", "8", "1"] as const;
export const momenta = ["0", "0.5", "0.9", "0.99"] as const;
export const backendNames = ["cpu", "wasm", "webgl", "webgpu", "auto"] as const;

/** What the race is looked at by: all regimes stand after as many epochs, seconds or steps. */
export const measures = ["epochs", "seconds", "steps"] as const;

/** Where the replay can stand. */
export const positions = 1000;

export type BatchSize = (typeof batchSizes)[number];
export type Momentum = (typeof momenta)[number];
export type OptimizerChoice = (typeof optimizerNames)[number];
type BackendChoice = (typeof backendNames)[number];
export type Measure = (typeof measures)[number];

export interface RaceState {
  readonly problem: (typeof problemNames)[number];
  readonly layers: readonly number[];
  readonly activation: ActivationName;
  readonly optimizer: OptimizerChoice;
  readonly rate: number;
  readonly batches: BatchSize[];
  /** Of no account for a rule that has none. */
  readonly momenta: Momentum[];
  readonly epochs: number;
  readonly seed: number;
  readonly repeats: number;
  readonly backend: BackendChoice;
  /** Whether it was raced: a link then races too. */
  readonly raced: boolean;
  readonly by: Measure;
  /** Whether losses are drawn on a logarithmic axis. */
  readonly log: boolean;
  /** Whether epochs, seconds or steps are. */
  readonly logx: boolean;
  /** Where the replay stands, from 0 to `positions`. */
  readonly at: number;
  /** The regime that stands out from the others, by its key; empty while none does. */
  readonly single: string;
}

const units = z.int().check(z.gte(ranges.units.least), z.lte(ranges.units.most));

/** `16-8`, empty for no hidden layer. */
const layersField = z.codec(
  z.string().check(z.regex(/^(\d{1,2}(-\d{1,2})*)?$/)),
  z.readonly(z.array(units).check(z.maxLength(mostLayers))),
  {
    decode: (text) => (text === "" ? [] : text.split("-").map(Number)),
    encode: (layers) => layers.join("-"),
  },
);

const schema = z
  .strictObject({
    problem: choiceField(problemNames),
    layers: layersField,
    activation: choiceField(activationNames),
    optimizer: choiceField(optimizerNames),
    rate: numberField(ranges.rate.least, ranges.rate.most),
    batches: choicesField(batchSizes),
    momenta: choicesField(momenta),
    epochs: countField(ranges.epochs.least, ranges.epochs.most),
    seed: countField(ranges.seed.least, ranges.seed.most),
    repeats: countField(ranges.repeats.least, ranges.repeats.most),
    backend: choiceField(backendNames),
    raced: switchField(),
    by: choiceField(measures),
    log: switchField(),
    logx: switchField(),
    at: countField(0, positions),
    single: z.string().check(z.refine(isKey)),
  })
  .check(z.refine((race) => race.batches.length > 0 && race.momenta.length > 0 && countRegimes(race) <= mostRegimes));

/** A regime in one word: its batch size and its momentum, `"32:0.9"`; of a rule without momentum `"32:"`. */
export function keyOf({ batchSize, momentum }: Pick<Regime, "batchSize" | "momentum">): string {
  return `${batchSize}:${momentum ?? ""}`;
}

function isKey(text: string): boolean {
  const [size, momentum = "", ...rest] = text.split(":");
  const isKnown = (known: readonly string[], word = "") => known.includes(word);
  return text === "" || (isKnown(batchSizes, size) && isKnown(["", ...momenta], momentum) && rest.length === 0);
}

/** The rules to which a momentum means something. */
export function hasMomentum(optimizer: OptimizerChoice): boolean {
  return optimizer === "sgd" || optimizer === "rmsprop";
}

/** Each batch size with each momentum. */
export function countRegimes({
  batches,
  momenta: chosen,
  optimizer,
}: Pick<RaceState, "batches" | "momenta" | "optimizer">) {
  return batches.length * (hasMomentum(optimizer) ? chosen.length : 1);
}

/** What suits a problem. */
function settingOf(problem: RaceState["problem"]) {
  const { layers, activation, rate, epochs } = problems[problem];
  return { problem, layers, activation, rate, epochs };
}

function fresh(problem: RaceState["problem"]): RaceState {
  return {
    ...settingOf(problem),
    optimizer: "sgd",
    batches: ["full", "32", "1"],
    momenta: ["0", "0.9"],
    seed: 42,
    repeats: 1,
    // A step of so small a network takes longer to hand to a GPU than to compute.
    backend: "cpu",
    raced: false,
    by: "epochs",
    log: true,
    logx: false,
    at: positions,
    single: "",
  };
}

/** The whole state of the page. */
export const state = new PageState<RaceState>(schema, ({ problem }) =>
  fresh(problemNames.find((known) => known === problem) ?? "sine"),
);

/** Changes what races: what was measured is of something else then. */
export function set(changes: Partial<RaceState>): void {
  state.change({ ...changes, raced: false });
}

/** Another problem, with the network, rate and epochs that suit it; what else was chosen stays. */
export function chooseProblem(problem: RaceState["problem"]): void {
  set(settingOf(problem));
}

/** Whether a batch size, or a momentum, can be added or taken away: one stays, and there is room for so many regimes. */
export function canToggle<Choice>(chosen: readonly Choice[], choice: Choice, others: number): boolean {
  return chosen.includes(choice) ? chosen.length > 1 : (chosen.length + 1) * others <= mostRegimes;
}

/** Adds a choice or takes it away, in the order of all. */
export function toggled<Choice>(all: readonly Choice[], chosen: readonly Choice[], choice: Choice): Choice[] {
  return all.filter((each) => (each === choice) !== chosen.includes(each));
}
