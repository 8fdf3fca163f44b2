import type { BackendName } from "./candidate.ts";

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
  readonly threads: number;
  /** Bits of a number: 32, or 16 on some GPUs. */
  readonly precision: 16 | 32;

  constructor(parts: {
    readonly name: BackendName;
    readonly tried: readonly Attempt[];
    readonly version: string;
    readonly threads: number;
    readonly precision: 16 | 32;
  }) {
    this.name = parts.name;
    this.tried = parts.tried;
    this.version = parts.version;
    this.threads = parts.threads;
    this.precision = parts.precision;
  }

  toString(): string {
    const threads = this.threads === 1 ? "1 thread" : `${this.threads} threads`;
    const failed = this.tried.filter(({ ok }) => !ok);
    return [
      `${this.name} runs: tfjs ${this.version}, float${this.precision}, ${threads}.`,
      ...failed.map(({ name, reason, mend }) => `${name} did not start: ${reason}\n  ${mend}`),
    ].join("\n");
  }

  /** So that Node's console.log prints the text too. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}
