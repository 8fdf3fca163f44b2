import { NativeBuildError } from "./native-build-error.ts";
import { rivuletFolder } from "./project.ts";
import { runProcess } from "./run-process.ts";

/** Runs on the public API, as a user's program would. */
const program = `
import { Sequential, useBackend } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
await useBackend("tensorflow").catch(({ message, tried }) => {
  throw new Error(tried?.[0]?.reason ?? message);
});
const layers = [new Dense({ units: 4, activation: "sigmoid" }), new Dense({ units: 1 })];
const model = new Sequential(layers, { inputShape: [1], seed: 42 });
const x = Array.from({ length: 32 }, (_, index) => [index / 16 - 1]);
const optimizer = new SGD({ learningRate: 0.1, momentum: 0.9 });
const { history } = await model.fit(x, x, { loss: "meanSquaredError", optimizer, epochs: 20, verbose: 0 });
console.log("trained " + JSON.stringify([history.loss[0], history.loss.at(-1)]));
`;

const longestTrial = 120_000;

/** The loss of a small network on the tensorflow backend, in the first of its epochs and in the last. */
export interface Trial {
  readonly first: number;
  readonly last: number;
}

/**
 * Trains a small network on the tensorflow backend in a new process.
 *
 * @throws NativeBuildError if it does not start, does not train, or takes minutes
 */
export async function tryTraining(env: Readonly<NodeJS.ProcessEnv>, interruption: AbortSignal): Promise<Trial> {
  const command = [process.execPath, "--input-type=module", "--eval", program];
  const signal = AbortSignal.any([interruption, AbortSignal.timeout(longestTrial)]);
  const { output } = await runProcess(command, { env, signal, folder: rivuletFolder() }).catch((error: unknown) => {
    interruption.throwIfAborted();
    throw new NativeBuildError(`a small training was not done in ${longestTrial / 1000} s`, "verification", {
      cause: error,
    });
  });
  const losses = /^trained (\[.*\])$/m.exec(output)?.[1];
  if (losses === undefined) throw new NativeBuildError(reasonIn(output), "verification");
  const [first, last] = JSON.parse(losses) as [number | null, number | null];
  // JSON has null for what is not finite.
  if (first === null || last === null || !(last < first)) {
    throw new NativeBuildError(`in a small training the loss went from ${first} to ${last}`, "verification");
  }
  return { first, last };
}

function reasonIn(output: string): string {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const line = lines.find((text) => /^\S*Error\b.*: /.test(text)) ?? lines.at(-1) ?? "it ended without a word";
  return line
    .replace(/^Error: /, "")
    .slice(0, 300)
    .replace(/\.$/, "");
}
