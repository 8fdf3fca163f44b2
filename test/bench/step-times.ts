/**
 * The half of `npm run bench:backends` that takes the time: the same in a process of Node and in a page. It knows neither;
 * whoever runs it puts questions, one at a time, and sends the answers on.
 */
import { useBackend, type BackendName } from "rivulet";
import { lossCurve } from "../support/loss-curve.ts";
import { inTurns, type Way } from "./in-turns.ts";
import { loss, makeModel, makeRule, samplesOf } from "./step-work.ts";

/** Dense networks of these sizes, sigmoid throughout, some batches an epoch. */
export const networks = [
  { name: "small", sizes: [1, 16, 1], batchSize: 32 },
  { name: "middling", sizes: [16, 64, 64, 1], batchSize: 128 },
  { name: "wide", sizes: [784, 256, 10], batchSize: 512 },
] as const;

export type Network = (typeof networks)[number];

/** What a process or page can be asked: `start` first, `lossCurve` once, then of each network `warmUp`, then `round` as often as liked. */
export type Question =
  | { readonly ask: "start"; readonly backend: BackendName }
  | { readonly ask: "lossCurve"; readonly backend: BackendName }
  | { readonly ask: "warmUp"; readonly network: Network["name"] }
  | { readonly ask: "round"; readonly network: Network["name"]; readonly steps: number };

/** That many training steps in a row, a weight read back after the last, which waits for them all. */
export interface Round {
  readonly steps: number;
  readonly milliseconds: number;
}

/** How long a backend took to load and start, and what computes. */
export interface Start {
  readonly milliseconds: number;
  readonly device: string;
}

/** A network's first rounds, until a step costs about what it will cost later. */
export type WarmUp = readonly Round[];

/** At least so many rounds to warm up, the first ones of a single step: any of these may trace a step or compile a shader. */
export const singleSteps = 3;

/** In ms: rounds to warm up are made twice as long until they take this. */
const shortRound = 100;

/** In ms: a small network's steps get faster for some thousand steps, as the JIT compilers find out what they do. */
export const warmUpLength = 2500;

/** A network in training by `fit`: so many steps more with each call, until all of them are computed. */
function trainee(network: Network): Way {
  const model = makeModel(network);
  const { x, y } = samplesOf(network);
  const steps = inTurns(async (onStepEnd) => {
    let hasBegun = false;
    // A batch's end is not listened to, as `fit` would then read every loss back.
    const onBatchBegin = async () => {
      if (hasBegun) await onStepEnd();
      hasBegun = true;
    };
    const { batchSize } = network;
    const options = { loss, optimizer: makeRule(), batchSize, epochs: Number.MAX_SAFE_INTEGER, verbose: 0 } as const;
    await model.fit(x, y, { ...options, callbacks: [{ onBatchBegin }] });
  });
  return async (count) => {
    await steps(count);
    await model.parameters.at(-1)?.data();
  };
}

/** One backend, and the networks in training on it. */
export class StepTimes {
  readonly #trainees = new Map<Network["name"], Way>();

  async answer(question: Question): Promise<Start | readonly number[] | WarmUp | Round> {
    switch (question.ask) {
      case "start":
        return startBackend(question.backend);
      case "lossCurve":
        return lossCurve(question.backend);
      case "warmUp":
        return this.#warmUp(question.network);
      case "round":
        return this.#round(question.network, question.steps);
      default:
        throw new Error(`cannot answer ${JSON.stringify(question satisfies never)}`);
    }
  }

  async #warmUp(name: Network["name"]): Promise<WarmUp> {
    const rounds: Round[] = [];
    let [steps, elapsed] = [1, 0];
    while (rounds.length < singleSteps || elapsed < warmUpLength) {
      const round = await this.#round(name, steps);
      rounds.push(round);
      elapsed += round.milliseconds;
      if (rounds.length >= singleSteps && round.milliseconds < shortRound) steps *= 2;
    }
    return rounds;
  }

  async #round(name: Network["name"], steps: number): Promise<Round> {
    const train = this.#trainee(name);
    const before = performance.now();
    await train(steps);
    return { steps, milliseconds: performance.now() - before };
  }

  #trainee(name: Network["name"]): Way {
    const known = this.#trainees.get(name);
    if (known !== undefined) return known;
    const network = networks.find((each) => each.name === name);
    if (network === undefined) throw new Error(`there is no network ${name}`);
    const made = trainee(network);
    this.#trainees.set(name, made);
    return made;
  }
}

async function startBackend(name: BackendName): Promise<Start> {
  const before = performance.now();
  const { gpu, threads = 1 } = await useBackend(name);
  const device = gpu ?? (threads === 1 ? "1 thread" : `${threads} threads`);
  return { milliseconds: performance.now() - before, device };
}
