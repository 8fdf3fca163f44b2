import type { Finding } from "./explain/finding.ts";
import type { PathPoint } from "./gradients/path.ts";
import type { History } from "./history.ts";

/** Every error that rivulet raises itself. Its message says who, what was expected, what came, and how to mend it. */
export abstract class RivuletError extends Error {
  /** Written out, here and in every class that shows its name: a page's minifier calls classes otherwise. */
  static override readonly name: string = "RivuletError";

  override get name(): string {
    return this.constructor.name;
  }
}

/** A tensor or a layer has another shape than its place asks for. `null` in a shape stands for any size. */
export class ShapeError extends RivuletError {
  static override readonly name: string = "ShapeError";

  constructor(
    message: string,
    readonly expected: readonly (number | null)[],
    readonly actual: readonly number[],
  ) {
    super(message);
  }
}

/** Training data that cannot be trained on: empty, ragged, not a number, not finite. */
export class DataError extends RivuletError {
  static override readonly name: string = "DataError";

  constructor(
    message: string,
    /** Where in the data, as an index into its shape: `[row, column]` for a table. Empty if it is all of it. */
    readonly index: readonly number[] = [],
  ) {
    super(message);
  }
}

/** A number or a switch that the user chose makes no sense. */
export class HyperparameterError extends RivuletError {
  static override readonly name: string = "HyperparameterError";

  constructor(
    message: string,
    readonly hyperparameter: string,
    readonly value: unknown,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A loss, activation, metric, initializer or backend is asked for by a name that nothing has. */
export class UnknownNameError extends RivuletError {
  static override readonly name: string = "UnknownNameError";

  constructor(
    message: string,
    readonly given: string,
    readonly known: readonly string[],
  ) {
    super(message);
  }
}

/** What is differentiated does not depend on these parameters, so they have no gradient. */
export class UnconnectedParameterError extends RivuletError {
  static override readonly name: string = "UnconnectedParameterError";

  constructor(
    message: string,
    readonly parameters: readonly string[],
  ) {
    super(message);
  }
}

/** A training step has no program: what it does cannot be recorded so that replaying it does the same. */
export class TraceError extends RivuletError {
  static override readonly name: string = "TraceError";

  constructor(
    message: string,
    /** Why not, as `fit` has it in the history's `params`. */
    readonly problem: string,
  ) {
    super(message);
  }
}

/** A model, optimizer or tensor is used after its `dispose()`. */
export class DisposedError extends RivuletError {
  static override readonly name: string = "DisposedError";
}

/** A model is already being trained, or a layer already belongs to a model. */
export class InUseError extends RivuletError {
  static override readonly name: string = "InUseError";
}

/** No backend runs, or one asked for by name cannot start. */
export class BackendError extends RivuletError {
  static override readonly name: string = "BackendError";

  constructor(
    message: string,
    /** Every backend that was tried, with the reason why it did not start. */
    readonly tried: readonly { readonly name: string; readonly ok: boolean; readonly reason: string }[] = [],
  ) {
    super(message);
  }
}

/** The GPU went away while a backend ran on it. A model in `fit` keeps the weights of the last epoch that ended. */
export class DeviceLostError extends RivuletError {
  static override readonly name: string = "DeviceLostError";

  constructor(
    message: string,
    /** What went away: `"WebGL"`. */
    readonly device: string,
    /** Of `fit`: the epochs that ended before. */
    readonly history?: History,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A signal ended `fit`. The model keeps what it had learnt by its last step, and the optimizer its state. */
export class AbortError extends RivuletError {
  static override readonly name: string = "AbortError";

  constructor(
    message: string,
    /** The epochs that ended before. */
    readonly history: History,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A model cannot be written to a file, or a file holds none that can be made again. Nothing has changed by then. */
export class ModelFileError extends RivuletError {
  static override readonly name: string = "ModelFileError";

  constructor(
    message: string,
    /** The URL that was given, `"the IOHandler"` for one of those. */
    readonly file: string,
    /** Where in it, `"modelTopology.config.layers[1]"`. Empty if it is all of it. */
    readonly where: string = "",
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A loss or a value became NaN or infinite. A model keeps the last weights that were finite at the end of an epoch. */
export class DivergenceError extends RivuletError {
  static override readonly name: string = "DivergenceError";

  /** What has the largest gradient in the last step that still had a finite loss, `"dense_1/kernel"`. */
  readonly parameter: string;
  /** The Euclidean norm of that gradient. */
  readonly gradientNorm: number;
  /** Of `fit`: the epoch of the first non-finite loss, counted from 0 as in the history. */
  readonly epoch: number | undefined;
  /** Of `fit`: the batch within that epoch, counted from 0. */
  readonly batch: number | undefined;
  /** Of `fit`: the epochs that ended before. */
  readonly history: History | undefined;
  /** Of `minimize`: every point up to the one that is not finite. */
  readonly path: readonly PathPoint[] | undefined;
  /** Of `fit`: what was seen that may be the cause, likely ones first. Empty where nothing stands out. */
  readonly findings: readonly Finding[];

  constructor(
    message: string,
    divergence: Pick<DivergenceError, "parameter" | "gradientNorm"> &
      Partial<Pick<DivergenceError, "epoch" | "batch" | "history" | "path" | "findings">>,
  ) {
    super(message);
    this.parameter = divergence.parameter;
    this.gradientNorm = divergence.gradientNorm;
    this.epoch = divergence.epoch;
    this.batch = divergence.batch;
    this.history = divergence.history;
    this.path = divergence.path;
    this.findings = divergence.findings ?? [];
  }
}
