import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { uniformFloat32 } from "pure-rand/distribution/uniformFloat32";
import type { Curve, Path, RegimeRun } from "../../src/regimes/regime.ts";

type Point = readonly [slope: number, offset: number];

/** What a run is made of. */
export interface RunSettings {
  readonly regime: number;
  readonly repeat: number;
  readonly batchSize: number;
  readonly momentum: number;
  readonly learningRate: number;
  readonly epochs: number;
  readonly target: number;
}

export const sampleCount = 64;

function uniforms(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  return () => 2 * uniformFloat32(generator) - 1;
}

function samplesFrom(seed: number, count: number): readonly Point[] {
  const next = uniforms(seed);
  return Array.from({ length: count }, () => {
    const x = next();
    return [x, 2 * x + 1 + 0.2 * next()];
  });
}

const training = samplesFrom(1, sampleCount);
const validation = samplesFrom(2, 16);

/** The mean squared error of y ≈ slope x + offset. */
export function lossAt([slope, offset]: Point, samples = training): number {
  return samples.reduce((sum, [x, y]) => sum + (slope * x + offset - y) ** 2, 0) / samples.length;
}

function gradientAt([slope, offset]: Point, samples: readonly Point[]): Point {
  const errors = samples.map(([x, y]) => [x, (2 * (slope * x + offset - y)) / samples.length] as const);
  return [errors.reduce((sum, [x, error]) => sum + x * error, 0), errors.reduce((sum, [, error]) => sum + error, 0)];
}

function* batches(next: () => number, size: number): Generator<readonly Point[]> {
  for (;;) {
    const order = training.map((sample) => ({ sample, key: next() })).toSorted((a, b) => a.key - b.key);
    for (let start = 0; start < order.length; start += size) {
      yield order.slice(start, start + size).map(({ sample }) => sample);
    }
  }
}

/** A real run of descent on a line through 64 points, as `compareRegimes` would tell it; its seconds are made up. */
export function regimeRun(settings: RunSettings): RegimeRun {
  const { regime, repeat, batchSize, momentum, learningRate, epochs, target } = settings;
  const next = uniforms(100 + repeat);
  const points: { weights: Point; steps: number }[] = [];
  let [weights, velocity]: Point[] = [
    [-1 + next(), -1 + next()],
    [0, 0],
  ] as [Point, Point];
  const steps = (epochs * sampleCount) / batchSize;
  const every = Math.max(1, Math.floor(steps / 64));
  const source = batches(next, batchSize);
  for (let step = 0; step <= steps && lossAt(weights) < 1e6; step++) {
    if (step % every === 0) points.push({ weights, steps: step });
    const [slope, offset] = gradientAt(weights, source.next().value as readonly Point[]);
    velocity = [momentum * velocity[0] + slope, momentum * velocity[1] + offset];
    weights = [weights[0] - learningRate * velocity[0], weights[1] - learningRate * velocity[1]];
  }
  const isFinished = lossAt(weights) < 1e6;
  const curve = curveOf(points, batchSize, 1 + 0.1 * next());
  return {
    regime,
    repeat,
    seed: 42 + repeat,
    status: isFinished ? "finished" : "diverged",
    reason: isFinished ? null : `The loss became Infinity within ${points.length} steps. Try a smaller learning rate.`,
    compiled: true,
    measured: measuredOf(curve, target, batchSize),
    curve,
    gradientNoise: { start: null, end: null },
    path: pathOf(points.map((point) => point.weights)),
  };
}

function curveOf(points: readonly { weights: Point; steps: number }[], batchSize: number, pace: number): Curve {
  const steps = points.map((point) => point.steps);
  return {
    steps,
    samples: steps.map((step) => step * batchSize),
    epochs: steps.map((step) => (step * batchSize) / sampleCount),
    seconds: steps.map((step) => step * pace * (2e-4 + 2e-6 * batchSize)),
    trainingLoss: points.map(({ weights }) => lossAt(weights)),
    validationLoss: points.map(({ weights }) => lossAt(weights, validation)),
  };
}

function measuredOf(curve: Curve, target: number, batchSize: number): RegimeRun["measured"] {
  const reached = curve.trainingLoss.findIndex((loss) => loss !== null && loss <= target);
  const at = (column: readonly (number | null)[] | null, index: number) => column?.at(index) ?? null;
  const atTarget = (column: readonly number[]) => (reached < 0 ? null : at(column, reached));
  const stepsPerSecond = (curve.steps.at(-1) ?? 0) / (curve.seconds.at(-1) || 1);
  return {
    steps: at(curve.steps, -1),
    epochs: at(curve.epochs, -1),
    samples: at(curve.samples, -1),
    seconds: at(curve.seconds, -1),
    stepsPerSecond,
    samplesPerSecond: stepsPerSecond * batchSize,
    stepsToTarget: atTarget(curve.steps),
    epochsToTarget: atTarget(curve.epochs),
    samplesToTarget: atTarget(curve.samples),
    secondsToTarget: atTarget(curve.seconds),
    trainingLoss: at(curve.trainingLoss, -1),
    validationLoss: at(curve.validationLoss, -1),
    noiseAtStart: batchSize === sampleCount ? 0 : 0.9 / Math.sqrt(batchSize),
    noiseAtEnd: batchSize === sampleCount ? 0 : 12 / Math.sqrt(batchSize),
    warmUpSeconds: 0.2,
    tracingSeconds: 0.01,
  };
}

function pathOf(weights: readonly Point[]): Path {
  return { x: weights.map(([slope]) => slope), y: weights.map(([, offset]) => offset) };
}
