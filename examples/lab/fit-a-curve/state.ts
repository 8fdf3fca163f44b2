import * as z from "zod/mini";
import { choiceField, countField, numberField, switchField } from "../shell/fields.ts";
import { PageState } from "../shell/page-state.ts";
import {
  activationNames,
  lossNames,
  optimizerNames,
  type ActivationName,
  type LossName,
  type OptimizerName,
} from "../training/task.ts";
import { decodeAxes, encodeAxes, isEncodedAxes, type Axes } from "./data/axes.ts";
import { dataNames, inputsOf, type DataName } from "./data/datasets.ts";
import { decodePoints, encodePoints, isEncodedPoints } from "./data/encode-points.ts";
import type { Point } from "./data/point.ts";

/** What each slider and field takes. */
export const ranges = {
  rate: { least: 0.0001, most: 10 },
  momentum: { least: 0, most: 0.99 },
  seed: { least: 0, most: 999_999 },
  units: { least: 1, most: 32 },
} as const;

export const mostLayers = 4;

/** A link trains no further than that before it stands still. */
const mostSteps = 1_000_000;

export const batchSizes = ["full", "128", "64", "32", "16", "8", "4", "2", "1"] as const;
export const backendNames = ["auto", "webgl", "wasm", "cpu", "webgpu"] as const;

type BatchSize = (typeof batchSizes)[number];
export type BackendChoice = (typeof backendNames)[number];

/** The losses that fit a number of inputs: a curve's heights, or two classes. */
export const lossesFor = {
  1: ["meanSquaredError", "meanAbsoluteError", "huber"],
  2: ["binaryCrossentropyFromLogits", "binaryCrossentropy", "meanSquaredError"],
} as const satisfies Record<1 | 2, readonly LossName[]>;

export interface FitState {
  readonly data: DataName;
  /** The user's own; they stay while others are looked at. */
  readonly points: readonly Point[];
  /** Of a file that was read; null where the points were drawn. */
  readonly axes: Axes | null;
  readonly hidden: readonly number[];
  readonly activation: ActivationName;
  readonly loss: LossName;
  readonly optimizer: OptimizerName;
  readonly rate: number;
  readonly momentum: number;
  readonly batch: BatchSize;
  readonly seed: number;
  readonly backend: BackendChoice;
  /** Where the training stands still. */
  readonly step: number;
  /** Whether losses are drawn on a logarithmic axis. */
  readonly log: boolean;
}

const units = z.int().check(z.gte(ranges.units.least), z.lte(ranges.units.most));

/** `16-8`, empty for no hidden layer. */
const hiddenField = z.codec(
  z.string().check(z.regex(/^(\d{1,2}(-\d{1,2})*)?$/)),
  z.readonly(z.array(units).check(z.maxLength(mostLayers))),
  {
    decode: (text) => (text === "" ? [] : text.split("-").map(Number)),
    encode: (layers) => layers.join("-"),
  },
);

const pointSchema = z.strictObject({ x: z.number(), y: z.number(), group: z.union([z.literal(0), z.literal(1)]) });
const pointsField = z.codec(z.string().check(z.refine(isEncodedPoints)), z.readonly(z.array(pointSchema)), {
  decode: decodePoints,
  encode: encodePoints,
});

const axesField = z.codec(
  z.string().check(z.refine(isEncodedAxes)),
  z.nullable(z.custom<Axes>((value) => value !== null)),
  { decode: decodeAxes, encode: encodeAxes },
);

const schema = z
  .strictObject({
    data: choiceField(dataNames),
    points: pointsField,
    axes: axesField,
    hidden: hiddenField,
    activation: choiceField(activationNames),
    loss: choiceField(lossNames),
    optimizer: choiceField(optimizerNames),
    rate: numberField(ranges.rate.least, ranges.rate.most),
    momentum: numberField(ranges.momentum.least, ranges.momentum.most),
    batch: choiceField(batchSizes),
    seed: countField(ranges.seed.least, ranges.seed.most),
    backend: choiceField(backendNames),
    step: countField(0, mostSteps),
    log: switchField(),
  })
  .check(z.refine(({ data, loss }) => isLossFor(inputsOf(data), loss)));

function isLossFor(inputs: 1 | 2, loss: LossName): boolean {
  return (lossesFor[inputs] as readonly LossName[]).includes(loss);
}

function fresh(data: DataName): FitState {
  const isCurve = inputsOf(data) === 1;
  return {
    data,
    points: [],
    axes: null,
    hidden: isCurve ? [16] : [16, 12],
    activation: "tanh",
    loss: lossesFor[inputsOf(data)][0],
    optimizer: isCurve ? "sgd" : "adam",
    rate: isCurve ? 0.05 : 0.02,
    momentum: 0.9,
    batch: "16",
    seed: 1,
    backend: "auto",
    step: 0,
    log: true,
  };
}

/** The whole state of the page. */
export const state = new PageState<FitState>(schema, ({ data }) =>
  fresh(dataNames.find((known) => known === data) ?? "sine"),
);

/** Changes what is trained: it begins anew. */
export function set(changes: Partial<Omit<FitState, "step">>): void {
  state.change({ ...changes, step: 0 });
}

/** Other data. From curves to classes and back, the network and its rule become what suits those. */
export function chooseData(data: DataName): void {
  const { hidden, optimizer, rate, loss } = fresh(data);
  const isOtherKind = inputsOf(data) !== inputsOf(state.value.data);
  set({ data, ...(isOtherKind && { hidden, optimizer, rate, loss }) });
}

/** Points of the user's own, on the chart or from a file. */
export function setPoints(inputs: 1 | 2, points: readonly Point[], axes: Axes | null): void {
  chooseData(inputs === 1 ? "curve" : "classes");
  set({ points, axes });
}
