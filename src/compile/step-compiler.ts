import * as tf from "@tensorflow/tfjs-core";
import type { Samples } from "../batches.ts";
import type { Model } from "../model.ts";
import type { StepNumbers } from "../next-step.ts";
import type { CompilationParams } from "../history.ts";
import { computeStep, type StepOutput, type StepRule } from "../step.ts";
import { uniformAt } from "../training-pass.ts";
import { graphSize } from "./graph-size.ts";
import { HostScalars } from "./host-scalars.ts";
import { optimise, roundingPasses, type PassName } from "./passes.ts";
import { Program } from "./program.ts";
import { differenceOf } from "./same-trace.ts";
import { traceStep, type StepInput, type StepTrace } from "./step-trace.ts";

/** Programs that are kept: one for each shape of batch. Further shapes are computed as they are written. */
const mostPrograms = 8;

/** Traces of one shape, after which a step that is never the same twice is given up. */
const mostTraces = 3;

/** What is known of the steps on batches of one shape. */
interface Shaped {
  trace: StepTrace;
  traces: number;
  /** Whether the last two traces were the same. */
  isSettled: boolean;
  program?: Program;
}

/** How steps are compiled. */
export interface StepCompilerOptions {
  /** Whether at all. Default true. */
  readonly enabled?: boolean;
  /** Passes to leave out. Default: those that round otherwise than the step as it is written. */
  readonly without?: readonly PassName[];
}

/**
 * Computes training steps: each of a new shape as it is written, under a recorder, until two in a row did the same; from
 * then on by the program made of the recording. What cannot be recorded faithfully stays as it is written.
 */
export class StepCompiler {
  readonly #model: Model;
  readonly #rule: StepRule;
  readonly #isEnabled: boolean;
  readonly #without: readonly PassName[] | undefined;
  readonly #shapes = new Map<string, Shaped>();
  readonly #scalars = new HostScalars();
  #due: Shaped | undefined;
  #kernels: number | undefined;
  #problem: string | undefined;

  constructor(model: Model, rule: StepRule, { enabled = true, without }: StepCompilerOptions = {}) {
    this.#model = model;
    this.#rule = rule;
    this.#without = without;
    this.#isEnabled = enabled;
  }

  /**
   * What `computeStep` gives. The caller tidies.
   *
   * @throws what `computeStep` throws
   */
  compute(samples: Samples): StepOutput {
    if (!this.#isEnabled || this.#problem !== undefined) return computeStep(this.#model, samples, this.#rule);
    const { x, y, weights } = samples;
    const key = [x.shape, y.shape, weights?.shape].join(";");
    const shaped = this.#shapes.get(key);
    if (shaped?.program !== undefined) {
      const output = this.#replay(shaped as Shaped & { program: Program }, samples);
      if (output !== undefined) return output;
      this.#forget();
      return this.compute(samples);
    }
    const isOneTooMany = shaped === undefined && this.#shapes.size >= mostPrograms;
    const isTraced = shaped?.isSettled !== true && !isOneTooMany;
    return isTraced ? this.#trace(key, shaped, samples) : computeStep(this.#model, samples, this.#rule);
  }

  #trace(key: string, before: Shaped | undefined, samples: Samples): StepOutput {
    const { output, trace } = traceStep(this.#model, samples, this.#rule);
    if (typeof trace === "string") {
      this.#giveUp(trace);
      return output;
    }
    const difference = before && differenceOf(before.trace, trace);
    const traces = (before?.traces ?? 0) + 1;
    const shaped: Shaped = { trace, traces, isSettled: before !== undefined && difference === undefined };
    this.#shapes.set(key, shaped);
    if (shaped.isSettled) this.#due = shaped;
    else if (traces === mostTraces) this.#giveUp(`from one step to the next ${difference} changed`);
    return output;
  }

  /** Whether a step has become ready to compile. */
  get isDue(): boolean {
    return this.#due !== undefined;
  }

  /** Makes the program that is due. */
  async compile(): Promise<void> {
    const shaped = this.#due;
    this.#due = undefined;
    if (shaped === undefined) return;
    try {
      const graph = await optimise(shaped.trace.graph, this.#without ?? roundingPasses());
      shaped.program = new Program(graph);
      this.#kernels ??= graphSize(graph).kernels;
    } catch (error) {
      this.#giveUp(messageOf(error));
    }
  }

  /** The step by its program; undefined if things are no longer as they were when it was traced. */
  #replay({ program, trace }: Shaped & { program: Program }, samples: Samples): StepOutput | undefined {
    if (!program.isCurrent) return undefined;
    const numbers = this.#rule.optimizer.numbersOf(this.#model.parameters);
    if (!trace.alike.every((first, index) => numbers[index] === numbers[first])) return undefined;
    const inputs: tf.Tensor[] = [];
    for (const input of trace.inputs) {
      const tensor = this.#feed(input, samples, numbers);
      if (tensor === undefined || tensor.isDisposed) return undefined;
      inputs.push(tensor);
    }
    try {
      return outputOf(trace, program.run(inputs));
    } catch (error) {
      // The step as it is written says better what is wrong, if it fails too.
      this.#giveUp(messageOf(error));
      return undefined;
    }
  }

  #feed(input: StepInput, samples: Samples, numbers: readonly StepNumbers[]): tf.Tensor | undefined {
    if (input.from === "batch") return samples[input.part];
    if (input.from === "tensor") return input.tensor;
    if (input.from === "draw") {
      const { random, shape } = input;
      return tf.tensor(uniformAt(this.#model.stepsTaken ?? 0, random, shape), [...shape], "float32");
    }
    const { hyperparameters, decay } = numbers[input.parameter] as StepNumbers;
    const number = input.name === "decay" ? decay : hyperparameters[input.name];
    return number === undefined ? undefined : this.#scalars.of(input, number);
  }

  #giveUp(problem: string): void {
    this.#problem = problem;
    this.#forget();
  }

  #forget(): void {
    for (const { program } of this.#shapes.values()) program?.dispose();
    this.#shapes.clear();
    this.#scalars.dispose();
    this.#due = undefined;
  }

  /** Why steps run as they are written though they were to be compiled. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** What ran so far. */
  get params(): CompilationParams {
    if (this.#kernels !== undefined && this.#problem === undefined) return { compiled: true, kernels: this.#kernels };
    const reason = this.#isEnabled ? "the steps were too few to trace one twice" : "compile was set to false";
    return { compiled: false, notCompiled: this.#problem ?? reason };
  }

  /** Frees the programs. */
  dispose(): void {
    this.#forget();
  }
}

function outputOf({ metrics, updated }: StepTrace, tensors: readonly tf.Tensor[]): StepOutput {
  let next = 0;
  const loss = tensors[next++] as tf.Scalar;
  const scalars = metrics.map((count) => Array.from({ length: count }, () => tensors[next++] as tf.Scalar));
  const updates = updated.map((variable) => ({ variable, value: tensors[next++] as tf.Tensor }));
  return { loss, metrics: scalars, updates };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
