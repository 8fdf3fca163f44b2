import { Sequential, type History, type Layer, type LossLike, type Optimizer } from "rivulet";
import { Dense } from "rivulet/layers";
import { Adam } from "rivulet/optimizers";
import { median } from "simple-statistics";
import { span, type Points } from "./curve.ts";
import { Lion } from "./lion.ts";
import { logCosh } from "./log-cosh.ts";
import { RadialBasis } from "./radial-basis.ts";

/** What a training is put together from. */
export interface Parts {
  readonly name: string;
  readonly layer: () => Layer;
  readonly loss: LossLike;
  readonly optimizer: () => Optimizer;
}

const builtIn = {
  layer: () => new Dense({ units: 16, activation: "tanh" }),
  loss: "meanSquaredError",
  optimizer: () => new Adam({ learningRate: 0.01 }),
} as const;

const layer = () => new RadialBasis({ units: 16, spread: span });
const optimizer = () => new Lion({ learningRate: 0.003 });

/** Parts of rivulet's own, then with each of these replaced by one written here, then with all. */
export const choices: readonly Parts[] = [
  { name: "built in", ...builtIn },
  { name: "own layer", ...builtIn, layer },
  { name: "own loss", ...builtIn, loss: logCosh },
  { name: "own rule", ...builtIn, optimizer },
  { name: "all own", layer, loss: logCosh, optimizer },
];

/** How a training is run. */
export interface TrainingOptions {
  readonly seed: number;
  readonly epochs: number;
  readonly compile?: "auto" | false;
}

/** A training, how long it took, and how far from the test points it ended up on average. */
export interface Trained {
  readonly history: History;
  readonly seconds: number;
  readonly testError: number;
}

/** Trains a hidden layer and a sum of its units. */
export async function train(
  parts: Parts,
  { training, test }: { readonly training: Points; readonly test: Points },
  { seed, epochs, compile = "auto" }: TrainingOptions,
): Promise<Trained> {
  using model = new Sequential([parts.layer(), new Dense({ units: 1 })], { inputShape: [1], seed });
  using rule = parts.optimizer();
  const started = performance.now();
  const { loss } = parts;
  const history = await model.fit(training.x, training.y, { loss, optimizer: rule, epochs, compile, verbose: 0 });
  const seconds = (performance.now() - started) / 1000;
  const metrics = await model.evaluate(test.x, test.y, { loss: "meanAbsoluteError" });
  return { history, seconds, testError: metrics["loss"] ?? NaN };
}

/** How a training runs compiled, beside the same one with its steps as they are written. */
export interface Comparison extends Trained {
  readonly name: string;
  readonly stepsPerSecond: number;
  /** How many times as fast compiled: the median of some pairs of runs. */
  readonly speedUp: number;
  /** Between the losses of the epochs, at most, as a fraction. */
  readonly largestDifference: number;
}

const pairs = 3;

/** Trains with these parts compiled and as written, in turns. */
export async function compare(
  parts: Parts,
  points: Parameters<typeof train>[1],
  options: Omit<TrainingOptions, "compile">,
): Promise<Comparison> {
  const speedUps: number[] = [];
  let [compiled, written] = [
    await train(parts, points, options),
    await train(parts, points, { ...options, compile: false }),
  ];
  for (let pair = 0; pair < pairs; pair++) {
    compiled = await train(parts, points, options);
    written = await train(parts, points, { ...options, compile: false });
    speedUps.push(written.seconds / compiled.seconds);
  }
  const [losses = [], writtenLosses = []] = [compiled, written].map(({ history }) => history.history["loss"]);
  const differences = losses.map((loss, epoch) => Math.abs(loss / (writtenLosses[epoch] ?? NaN) - 1));
  const { steps, epochs } = compiled.history.params;
  return {
    ...compiled,
    name: parts.name,
    stepsPerSecond: (steps * epochs) / compiled.seconds,
    speedUp: median(speedUps),
    largestDifference: Math.max(...differences),
  };
}
