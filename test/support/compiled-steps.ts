import * as tf from "@tensorflow/tfjs-core";
import { Sequential, type Layer, type LossLike, type MetricLike, type Optimizer, type TrainingPass } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import type { Samples } from "../../src/batches.ts";
import { StepCompiler, type StepCompilerOptions } from "../../src/compile/step-compiler.ts";
import { resolveLoss } from "../../src/losses.ts";
import { resolveMeasures } from "../../src/measures.ts";
import { takeStep, type StepOutput } from "../../src/step.ts";

/** A layer that changes nothing, and counts in how many training steps it runs: a compiled step does not run it. */
export class Counting implements Layer {
  readonly parameters: readonly tf.Variable[] = [];
  calls = 0;

  build(): void {}

  forward(x: tf.Tensor, training?: TrainingPass): tf.Tensor {
    if (training !== undefined) this.calls++;
    return x;
  }
}

/** What is trained; left out, a small network by momentum. */
export interface StepsOptions {
  readonly layers?: readonly Layer[];
  readonly loss?: LossLike;
  readonly metrics?: readonly MetricLike[];
  readonly optimizer?: Optimizer;
  readonly compile?: StepCompilerOptions;
}

/** Steps one by one on a model of three inputs, compiled as `fit` has it done. */
export class CompiledSteps {
  readonly counting = new Counting();
  readonly model: Sequential;
  readonly optimizer: Optimizer;
  compiler: StepCompiler;
  readonly #makeCompiler: () => StepCompiler;

  constructor({ layers, loss = "meanSquaredError", metrics, optimizer, compile }: StepsOptions = {}) {
    const own = layers ?? [new Dense({ units: 4, activation: "sigmoid" }), new Dense({ units: 2 })];
    this.model = new Sequential([this.counting, ...own], { inputShape: [3], seed: 5 });
    this.optimizer = optimizer ?? new SGD({ learningRate: 0.1, momentum: 0.9 });
    const resolved = resolveLoss(loss);
    const rule = { loss: resolved, optimizer: this.optimizer, metrics: resolveMeasures("a run", metrics, resolved) };
    this.#makeCompiler = () => new StepCompiler(this.model, rule, compile);
    this.compiler = this.#makeCompiler();
  }

  /** Compiles anew from the next step on, as another `fit` does. */
  startOver(): void {
    this.compiler.dispose();
    this.compiler = this.#makeCompiler();
  }

  /** A step on tensors that stay the caller's. Its loss and metrics. */
  async on(x: tf.Tensor, y: tf.Tensor): Promise<number[]> {
    return takeCompiled(this.compiler, this.model, this.optimizer, { x, y });
  }

  /** Steps on so many samples, others in each. The losses. */
  async take(steps: number, samples = 4): Promise<number[]> {
    const losses: number[] = [];
    for (let step = 0; step < steps; step++) {
      const numbers = (width: number) => {
        const at = (index: number) => Math.sin(1.7 * index + (this.model.stepsTaken ?? 0));
        return tf.tensor2d(
          Float32Array.from({ length: samples * width }, (_, index) => at(index)),
          [samples, width],
        );
      };
      const [x, y] = [numbers(3), numbers(2)];
      try {
        losses.push(...(await this.on(x, y)));
      } finally {
        tf.dispose([x, y]);
      }
    }
    return losses;
  }

  [Symbol.dispose](): void {
    this.compiler.dispose();
    this.optimizer.dispose();
    this.model.dispose();
  }
}

/** One step, as `fit` takes it. Its loss and metrics. */
export async function takeCompiled(
  compiler: StepCompiler,
  model: Sequential,
  optimizer: Optimizer,
  samples: Samples,
): Promise<number[]> {
  let output: StepOutput | undefined;
  const scalars = tf.tidy(() => {
    output = compiler.compute(samples);
    if (output === undefined) return [];
    takeStep(model, optimizer, output);
    return [output.loss, ...output.metrics.flat()];
  });
  if (output === undefined) {
    await compiler.compile();
    return takeCompiled(compiler, model, optimizer, samples);
  }
  const numbers = await Promise.all(scalars.map(async (scalar) => scalar.data()));
  tf.dispose(scalars);
  return numbers.map(([number = NaN]) => number);
}

/** The losses of the same steps, as they are written. */
export async function eagerLosses(
  options: StepsOptions,
  run: (steps: CompiledSteps) => Promise<number[]>,
): Promise<number[]> {
  using steps = new CompiledSteps({ ...options, compile: { enabled: false } });
  return await run(steps);
}
