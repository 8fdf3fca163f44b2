import type { BackendName, Device } from "./candidate.ts";

/** What 16-bit floats mean for training. */
export const coarse = "Its numbers carry only 11 bits and end at 65504: small changes of a weight are lost.";

/** One backend that was tried. */
export interface Attempt {
  readonly name: BackendName;
  readonly ok: boolean;
  /** Why it did not start; empty where it did. */
  readonly reason: string;
  /** What to do about it; empty where it did. */
  readonly mend: string;
}

/** What runs, and what else was tried. Prints as text. */
export class BackendReport {
  readonly name: BackendName;
  readonly tried: readonly Attempt[];
  /** Of tfjs. */
  readonly version: string;
  /** How many threads of the processor compute, where it is the processor. */
  readonly threads: number | undefined;
  /** The name of the GPU that computes, where it is a GPU. */
  readonly gpu: string | undefined;
  /** Bits of a number: 32, or 16 on some GPUs. */
  readonly precision: 16 | 32;

  constructor(parts: {
    readonly name: BackendName;
    readonly tried: readonly Attempt[];
    readonly version: string;
    readonly device: Device;
    readonly precision: 16 | 32;
  }) {
    this.name = parts.name;
    this.tried = parts.tried;
    this.version = parts.version;
    this.threads = parts.device.threads;
    this.gpu = parts.device.gpu;
    this.precision = parts.precision;
  }

  toString(): string {
    const threads = this.threads === 1 ? "1 thread" : `${this.threads} threads`;
    const failed = this.tried.filter(({ ok }) => !ok);
    return [
      `${this.name} runs: tfjs ${this.version}, float${this.precision}, ${this.gpu ?? threads}.`,
      ...(this.precision === 16 ? [coarse] : []),
      ...failed.flatMap(({ name, reason, mend }) => [`${name} did not start: ${reason}`, ...sentences(mend)]),
    ].join("\n");
  }

  /** So that Node's console.log prints the text too. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** Each on a line of its own, so that 80 columns hold them. */
function sentences(text: string): string[] {
  return text.split(/(?<=\.) /).map((sentence) => `  ${sentence}`);
}
