import * as tf from "@tensorflow/tfjs-core";
import type { Samples } from "../batches.ts";
import type { Model } from "../model.ts";
import type { StepNumbers } from "../next-step.ts";
import type { CompilationParams } from "../history.ts";
import { computeStep, type StepOutput, type StepRule } from "../step.ts";
import { uniformAt } from "../training-pass.ts";
import { graphSize } from "./graph-size.ts";
import { HostScalars } from "./host-scalars.ts";
import { optimise, type PassName } from "./passes.ts";
import { Program } from "./program.ts";
import { differenceOf } from "./same-trace.ts";
import { traceStep, type StepInput, type StepTrace } from "./step-trace.ts";

/** Programs that are kept: one for each shape of batch. Further shapes are computed as they are written. */
const mostPrograms = 8;

/** Traces of one shape, after which a step that is never the same twice is given up. */
const mostTraces = 3;

/** What is known of the steps on batches of one shape. */
interface Shaped {
  readonly trace: StepTrace;
  readonly traces: number;
  /** Whether the last two traces were the same. */
  isSettled: boolean;
  /** Whether the step that was traced is still to be taken. */
  isPending: boolean;
  program?: Program;
}

/** How steps are compiled. */
export interface StepCompilerOptions {
  /** Whether at all. Default true. */
  readonly enabled?: boolean;
  /** Passes to leave out. */
  readonly without?: readonly PassName[];
}

/**
 * Computes training steps by programs made of recordings. The first step of a shape is computed as it is written, under a
 * recorder, and then by the program, which alone counts: so each step of a run rounds alike. The second is recorded too,
 * to see that it did the same. What cannot be recorded faithfully stays as it is written. What a user wrote is called once
 * in a step, or not at all.
 */
export class StepCompiler {
  readonly #model: Model;
  readonly #rule: StepRule;
  readonly #isEnabled: boolean;
  readonly #without: readonly PassName[];
  readonly #shapes = new Map<string, Shaped>();
  readonly #scalars = new HostScalars();
  #due: Shaped | undefined;
  #kernels: number | undefined;
  #problem: string | undefined;

  constructor(model: Model, rule: StepRule, { enabled = true, without = [] }: StepCompilerOptions = {}) {
    this.#model = model;
    this.#rule = rule;
    this.#without = without;
    this.#isEnabled = enabled;
  }

  /**
   * What `computeStep` gives; undefined if `compile` is to be called first and the step then computed again. The caller
   * tidies.
   *
   * @throws what `computeStep` throws
   */
  compute(samples: Samples): StepOutput | undefined {
    if (!this.#isEnabled || this.#problem !== undefined) return this.#asWritten(samples);
    const { x, y, weights } = samples;
    const key = [x.shape, y.shape, weights?.shape].join(";");
    const shaped = this.#shapes.get(key);
    if (shaped === undefined && this.#shapes.size >= mostPrograms) return this.#asWritten(samples);
    if (shaped === undefined || !(shaped.isSettled || shaped.isPending)) {
      const written = this.#trace(key, shaped, samples);
      if (written !== undefined) return written;
    }
    const { program, trace, isPending } = this.#shapes.get(key) as Shaped;
    if (program === undefined) return undefined;
    const output = this.#replay(program, trace, samples);
    if (output !== undefined) {
      (this.#shapes.get(key) as Shaped).isPending = false;
      return output;
    }
    if (isPending) this.#giveUp("what it reads is gone once it has run");
    this.#forget();
    return this.compute(samples);
  }

  #asWritten(samples: Samples): StepOutput {
    return computeStep(this.#model, samples, this.#rule);
  }

  /** Computes a step as it is written, which is what it gives where steps turn out not to be compiled. */
  #trace(key: string, before: Shaped | undefined, samples: Samples): StepOutput | undefined {
    let written: StepOutput | undefined;
    tf.tidy(() => {
      const { output, trace } = traceStep(this.#model, samples, this.#rule);
      const problem = typeof trace === "string" ? trace : this.#learn(key, before, trace);
      if (problem === undefined) return [];
      this.#giveUp(problem);
      written = output;
      return [output.loss, ...output.metrics.flat(), ...output.updates.map(({ value }) => value)];
    });
    return written;
  }

  /** What speaks against compiling the steps of a shape after one more trace, if anything does. */
  #learn(key: string, before: Shaped | undefined, trace: StepTrace): string | undefined {
    const difference = before && differenceOf(before.trace, trace);
    if (before !== undefined && difference === undefined) {
      before.isSettled = true;
      return undefined;
    }
    const traces = (before?.traces ?? 0) + 1;
    if (traces === mostTraces) return `from one step to the next ${difference} changed`;
    before?.program?.dispose();
    this.#due = { trace, traces, isSettled: false, isPending: true };
    this.#shapes.set(key, this.#due);
    return undefined;
  }

  /** Makes the program that is due. */
  async compile(): Promise<void> {
    const shaped = this.#due;
    this.#due = undefined;
    if (shaped === undefined) return;
    try {
      const graph = await optimise(shaped.trace.graph, this.#without);
      shaped.program = new Program(graph);
      this.#kernels ??= graphSize(graph).kernels;
    } catch (error) {
      this.#giveUp(messageOf(error));
    }
  }

  /** The step by its program; undefined if things are no longer as they were when it was traced. */
  #replay(program: Program, trace: StepTrace, samples: Samples): StepOutput | undefined {
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
    const reason = this.#isEnabled ? "no step has run" : "compile was set to false";
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
