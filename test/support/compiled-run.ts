import * as tf from "@tensorflow/tfjs-core";
import { RandomStream, type Layer, type LossLike, type MetricLike, type Optimizer, Sequential } from "rivulet";
import type { PassName } from "../../src/compile/passes.ts";
import { StepCompiler } from "../../src/compile/step-compiler.ts";
import { resolveLoss } from "../../src/losses.ts";
import { resolveMeasures } from "../../src/measures.ts";
import { takeCompiled } from "./compiled-steps.ts";

/** What is trained, and for how long. */
export interface CompiledRun {
  readonly layers: () => Layer[];
  readonly inputShape?: readonly number[];
  readonly loss: LossLike;
  readonly metrics?: readonly MetricLike[];
  readonly optimizer: () => Optimizer;
  /** Numbers from U(0, 1), [samples, outputs], to targets; as they are if left out. */
  readonly target?: (numbers: tf.Tensor) => tf.Tensor;
  readonly outputs: number;
  readonly isWeighted?: boolean;
  readonly steps: number;
  /** Sizes of the batches, in turn. */
  readonly sizes?: readonly number[];
}

/** What came of a run. */
export interface RunResult {
  /** Of each step the loss and the metrics. */
  readonly measured: readonly (readonly number[])[];
  /** The parameters, the layers' and the optimizer's state in the end. */
  readonly values: readonly (readonly number[])[];
  readonly compiler: StepCompiler["params"];
}

/** Two shapes, each met often enough to be compiled. */
const usualSizes = [6, 6, 3];

/**
 * Trains a model as its steps are written, or compiled.
 *
 * @param without passes to leave out; undefined to compile nothing
 */
export async function trainCompiled(run: CompiledRun, without?: readonly PassName[]): Promise<RunResult> {
  const {
    inputShape = [3],
    loss,
    outputs,
    target = (numbers) => tf.clone(numbers),
    isWeighted = false,
    sizes = usualSizes,
  } = run;
  using model = new Sequential(run.layers(), { inputShape: [...inputShape], seed: 5 });
  using optimizer = run.optimizer();
  const resolved = resolveLoss(loss);
  const rule = { loss: resolved, optimizer, metrics: resolveMeasures("a run", run.metrics, resolved) };
  const compiler = new StepCompiler(model, rule, { enabled: without !== undefined, without: without ?? [] });
  const random = new RandomStream(3, "compiled-run");
  const uniform = (shape: number[]) => {
    return tf.tensor(
      Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.uniform()),
      shape,
    );
  };
  const measured: number[][] = [];
  for (let step = 0; step < run.steps; step++) {
    const size = sizes[step % sizes.length] as number;
    const samples = tf.tidy(() => {
      const x = uniform([size, ...inputShape]);
      const weights = isWeighted ? { weights: uniform([size]) as tf.Tensor1D } : {};
      return { x, y: target(uniform([size, outputs])), ...weights };
    });
    measured.push(await takeCompiled(compiler, model, optimizer, samples));
    tf.dispose(samples);
  }
  const variables = [...model.parameters, ...(model.state ?? []), ...optimizer.stateOf(model.parameters)];
  const values = await Promise.all(variables.map(async (variable) => Array.from(await variable.data())));
  const result = { measured, values, compiler: compiler.params };
  compiler.dispose();
  return result;
}
