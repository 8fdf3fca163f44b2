/**
 * Which backend is the fastest, for which size of network, here: µs per training step (of `fit`, compiled; mean squared
 * error, SGD with momentum) of three networks on every backend that there is, in Node and in Chromium; and apart from that
 * what starting and warming up cost, and how far each strays from cpu.
 *
 *     npm run bench:backends                     Chromium draws in software, as in the tests
 *     RIVULET_GPU=1 npm run bench:backends       on the machine's own GPU
 *
 * Takes some minutes. Each backend stands in a process or page of its own, and only one works at a time. All are warmed up
 * first; then every round goes over all networks and backends, so that a machine that drifts hits them alike. A round is
 * as many steps as take some 200 ms; at its end a weight is read back, which waits for the GPU, and in between only what
 * `fit` reads after each epoch. Where a step takes longer than that, there are fewer rounds. A backend that does not start
 * is listed with the reason.
 */
import type { BackendName } from "rivulet";
import { Pages } from "./pages.ts";
import { softwareVulkan } from "../support/chromium.ts";
import { openProcess } from "./processes.ts";
import { report } from "./backends-report.ts";
import { MeasuredBackend } from "./measured-backend.ts";
import { networks, type Question } from "./step-times.ts";

const rounds = 13;
const fewestRounds = 3;

/** In ms: a round longer than this is left out now and then. */
const longRound = 300;

function say(line: string): void {
  console.error(`${(performance.now() / 1000).toFixed(0).padStart(4)} s  ${line}`);
}

async function warmedUp(backend: MeasuredBackend): Promise<MeasuredBackend> {
  await backend.warmUp();
  say(`${backend.label}: ${backend.failure ?? `warm, on ${backend.start?.device}`}`);
  return backend;
}

async function startInNode(): Promise<MeasuredBackend[]> {
  const started: MeasuredBackend[] = [];
  for (const name of ["cpu", "wasm", "tensorflow"] satisfies BackendName[]) {
    started.push(await warmedUp(new MeasuredBackend(name, "Node", async () => openProcess("backends-process.ts"))));
  }
  return [...started, await startWebGPUInNode()];
}

/** On the GPU that there is; where there is none, on the one in software that Chromium brings along. */
async function startWebGPUInNode(): Promise<MeasuredBackend> {
  const onGpu = await warmedUp(new MeasuredBackend("webgpu", "Node", async () => openProcess("backends-process.ts")));
  const driver = onGpu.start === undefined ? softwareVulkan() : undefined;
  if (driver === undefined) return onGpu;
  return warmedUp(new MeasuredBackend("webgpu", "Node", async () => openProcess("backends-process.ts", driver)));
}

async function startInChromium(pages: Promise<Pages<Question>>): Promise<MeasuredBackend[]> {
  const started: MeasuredBackend[] = [];
  for (const name of ["cpu", "wasm", "webgl", "webgpu"] satisfies BackendName[]) {
    started.push(await warmedUp(new MeasuredBackend(name, "Chromium", async () => (await pages).open())));
  }
  return started;
}

/** Whether a backend takes part in this round: at least in `fewestRounds` of them. */
function isItsTurn(round: number, roundLength: number): boolean {
  const longestPause = Math.floor((rounds - 1) / (fewestRounds - 1));
  return round % Math.min(Math.ceil(roundLength / longRound), longestPause) === 0;
}

async function measure(backends: readonly MeasuredBackend[]): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    say(`round ${round + 1} of ${rounds}`);
    for (const { name } of networks) {
      for (let turn = 0; turn < backends.length; turn++) {
        // Another one goes first in each round.
        const backend = backends[(round + turn) % backends.length];
        if (backend === undefined || !isItsTurn(round, backend.roundLength(name))) continue;
        await backend.round(name);
      }
    }
  }
}

const pages = Pages.launch<Question>("backends-page.ts");
// Bundling must not run beside what is timed. Why there are no pages, the backends in Chromium say.
await Promise.allSettled([pages]);
try {
  const backends = [...(await startInNode()), ...(await startInChromium(pages))];
  await measure(backends.filter(({ failure }) => failure === undefined));
  console.log(report(backends, await pages.then(({ version }) => version).catch(() => "absent")));
  for (const backend of backends) backend.close();
} finally {
  await (await pages.catch(() => undefined))?.close();
}
