import { setTimeout as wait } from "node:timers/promises";
import type { BackendName } from "rivulet";
import { median, sum } from "simple-statistics";
import { z } from "zod";
import type { Place } from "./place.ts";
import {
  networks,
  singleSteps,
  type Network,
  type Question,
  type Round,
  type Start,
  type WarmUp,
} from "./step-times.ts";

/** In ms: a backend that answers nothing for so long is given up. */
const patience = 90_000;

/** In ms: what a round should take. */
const aimedLength = 200;

const roundSchema = z.object({ steps: z.number(), milliseconds: z.number() });
const startSchema = z.object({ milliseconds: z.number(), device: z.string() });

function microsecondsPerStep({ steps, milliseconds }: Round): number {
  return (1000 * milliseconds) / steps;
}

/** One backend in one place, and what was measured of it so far. */
export class MeasuredBackend {
  readonly name: BackendName;
  readonly where: "Node" | "Chromium";
  readonly #open: () => Promise<Place<Question>>;
  #place: Place<Question> | undefined;
  #start: Start | undefined;
  #lossCurve: readonly number[] = [];
  #failure: string | undefined;
  readonly #warmUps = new Map<Network["name"], WarmUp>();
  readonly #rounds = new Map<Network["name"], Round[]>();

  constructor(name: BackendName, where: "Node" | "Chromium", open: () => Promise<Place<Question>>) {
    this.name = name;
    this.where = where;
    this.#open = open;
  }

  get label(): string {
    return `${this.name} in ${this.where}`;
  }

  /** Undefined where it did not start. */
  get start(): Start | undefined {
    return this.#start;
  }

  /** The loss of each epoch of 200 steps in all; empty where they were not taken. */
  get lossCurve(): readonly number[] {
    return this.#lossCurve;
  }

  /** Why it did not start, or stopped; undefined while all is well. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Starts it and trains each network until it is warm. What fails here or later is kept as the failure. */
  async warmUp(): Promise<void> {
    await this.#attempt(async () => {
      this.#place = await this.#open();
      this.#start = startSchema.parse(await this.#ask({ ask: "start", backend: this.name }));
      this.#lossCurve = z.array(z.number()).parse(await this.#ask({ ask: "lossCurve", backend: this.name }));
      for (const { name } of networks) {
        this.#warmUps.set(name, z.array(roundSchema).parse(await this.#ask({ ask: "warmUp", network: name })));
        this.#rounds.set(name, []);
      }
    });
  }

  /** In ms: what the next round of this network will take, as far as the last one tells. */
  roundLength(network: Network["name"]): number {
    return this.#steps(network) * this.#lastStep(network);
  }

  async round(network: Network["name"]): Promise<void> {
    await this.#attempt(async () => {
      const question = { ask: "round", network, steps: this.#steps(network) } as const;
      this.#rounds.get(network)?.push(roundSchema.parse(await this.#ask(question)));
    });
  }

  /** In µs a step, one for each round. */
  stepTimes(network: Network["name"]): number[] {
    return (this.#rounds.get(network) ?? []).map(microsecondsPerStep);
  }

  /** In ms: what warming up took beyond what as many steps take at its end, a machine that drifts kept out of it. */
  warmUpCost(network: Network["name"]): number {
    const rounds = this.#warmUps.get(network);
    if (rounds === undefined) return NaN;
    const lastOnes = rounds.slice(singleSteps - 1).slice(-5);
    const later = median(lastOnes.map(microsecondsPerStep)) / 1000;
    return Math.max(0, sum(rounds.map(({ steps, milliseconds }) => milliseconds - steps * later)));
  }

  #lastStep(network: Network["name"]): number {
    const { milliseconds, steps } = this.#rounds.get(network)?.at(-1) ??
      this.#warmUps.get(network)?.at(-1) ?? { milliseconds: 0, steps: 1 };
    return milliseconds / steps;
  }

  #steps(network: Network["name"]): number {
    return Math.max(1, Math.round(aimedLength / Math.max(this.#lastStep(network), 0.001)));
  }

  async #ask(question: Question): Promise<unknown> {
    const stop = new AbortController();
    const givingUp = wait(patience, undefined, { signal: stop.signal }).then(() => {
      throw new Error(`no answer within ${patience / 1000} s`);
    });
    try {
      return await Promise.race([this.#place?.ask(question), givingUp]);
    } finally {
      stop.abort();
    }
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    if (this.#failure !== undefined) return;
    try {
      await work();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#failure = message.split("\n")[0] ?? "";
      this.close();
    }
  }

  /** Does not wait: what hangs may never close. */
  close(): void {
    this.#place?.close().catch(() => {});
  }
}
