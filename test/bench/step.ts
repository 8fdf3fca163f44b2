/**
 * What a training step costs, in six ways to train the same network on the same data, in turns in one run: on plain tfjs the
 * step written out by hand as a `tf.variableGrads` loop, and `model.fit` of tfjs-layers; on rivulet's backends, which put
 * faster kernels in the place of some of tfjs's, that loop over the same operations, `trainStep` in it, `fit` with its steps
 * as they are written, and `fit` as it is, which compiles them. Besides, how many kernels each dispatches in a step, and what
 * tracing and compiling cost once.
 *
 *     npm run bench:step
 *     npm run bench:step -- --backends cpu --networks small --seconds 30
 *
 * Each backend and network in a process or page of its own, one at a time: ratios are of one round, the medians over rounds.
 */
import { availableParallelism, cpus, loadavg } from "node:os";
import { Command, InvalidArgumentError } from "commander";
import { markdownTable } from "markdown-table";
import { median } from "simple-statistics";
import { z } from "zod";
import { Pages } from "./pages.ts";
import type { Place } from "./place.ts";
import { openProcess } from "./processes.ts";
import { wayNames, type StepMeasures, type StepQuestion, type WayName } from "./step-measures.ts";
import { networks, type Network } from "./step-times.ts";

const backendNames = ["cpu", "wasm", "tensorflow", "webgl"] as const;
type Backend = (typeof backendNames)[number];

interface Measured {
  readonly network: Network["name"];
  readonly backend: Backend;
  readonly measures: StepMeasures;
}

const count = z
  .number()
  .nullable()
  .transform((value) => value ?? NaN);
const list = z.array(z.number());
const measuresSchema = z.object({
  times: z.object(Object.fromEntries(wayNames.map((way) => [way, list])) as Record<WayName, typeof list>),
  kernels: z.object({ "by hand": count, "tfjs-layers": count, trainStep: count, fit: count }),
  traceCost: count,
});

/** Names with commas between, of those that there are. */
function someOf<Name extends string>(known: readonly Name[]): (text: string) => readonly Name[] {
  return (text) => {
    return text.split(",").map((name) => {
      const found = known.find((each) => each === name);
      if (found === undefined) throw new InvalidArgumentError(`Known: ${known.join(", ")}.`);
      return found;
    });
  };
}

function positive(text: string): number {
  if (Number(text) > 0) return Number(text);
  throw new InvalidArgumentError("Give a number above 0.");
}

const networkNames = networks.map(({ name }) => name);

const {
  backends,
  networks: chosen,
  seconds,
} = new Command("npm run bench:step --")
  .option("--backends <names>", "with commas between", someOf(backendNames), backendNames)
  .option("--networks <names>", "with commas between", someOf(networkNames), networkNames)
  .option("--seconds <number>", "to measure each network on each backend, beside warming up", positive, 5)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse()
  .opts<{ backends: readonly Backend[]; networks: readonly Network["name"][]; seconds: number }>();

/** How many times as fast as another way, in the middle of the rounds. */
function speed({ times }: StepMeasures, way: WayName, other: WayName): string {
  return median(times[way].map((time, round) => (times[other][round] ?? NaN) / time)).toFixed(2);
}

/** `1-16-1` */
function sizesOf(network: Network["name"]): string {
  return networks.find(({ name }) => name === network)?.sizes.join("-") ?? network;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return markdownTable([header, ...rows], { align: header.map((_, column) => (column < 2 ? "l" : "r")) });
}

function report(all: readonly Measured[]): string {
  const rowsOf = (cells: (measures: StepMeasures) => readonly string[]) =>
    all.map(({ network, backend, measures }) => [sizesOf(network), backend, ...cells(measures)]);
  const speeds = rowsOf((measures) => [
    median(measures.times["by hand"]).toFixed(0),
    ...(["by hand here", "trainStep", "fit as written", "fit"] as const).map((way) => speed(measures, way, "by hand")),
    speed(measures, "fit", "tfjs-layers"),
  ]);
  const kernels = rowsOf(({ kernels: counts, traceCost }) => [
    ...(["by hand", "tfjs-layers", "trainStep", "fit"] as const).map((way) => String(counts[way])),
    traceCost.toFixed(1),
  ]);
  return [
    [
      "µs a step of the loop by hand on plain tfjs. Then, how many times as fast as",
      "that are the same loop on rivulet's backends, trainStep in it, fit with its",
      "steps as they are written, and fit. Last, fit beside tfjs-layers on plain tfjs.",
    ].join("\n"),
    table(["network", "on", "µs", "loop", "step", "written", "fit", ": layers"], speeds),
    "Kernels in a step, copies and reshapes not counted; last, what tracing and\ncompiling cost once, in steps as they are written.",
    table(["network", "on", "by hand", "tfjs-layers", "trainStep", "fit", "trace"], kernels),
    `${cpus()[0]?.model.trim() ?? "?"}, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}; Node ${process.version.slice(1)}`,
  ].join("\n\n");
}

async function ask(place: Place<StepQuestion>, question: StepQuestion): Promise<StepMeasures> {
  try {
    return measuresSchema.parse(await place.ask(question));
  } finally {
    await place.close();
  }
}

const pages = backends.includes("webgl") ? await Pages.launch<StepQuestion>("step-page.ts") : undefined;
try {
  const all: Measured[] = [];
  for (const network of chosen) {
    for (const backend of backends) {
      console.error(`${(performance.now() / 1000).toFixed(0).padStart(4)} s  ${network} on ${backend}`);
      const isInPage = backend === "webgl" && pages !== undefined;
      const place = isInPage ? await pages.open() : openProcess<StepQuestion>("step-process.ts");
      all.push({ network, backend, measures: await ask(place, { backend, network, seconds }) });
    }
  }
  console.log(report(all));
} finally {
  await pages?.close();
}
