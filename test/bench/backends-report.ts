import { availableParallelism, cpus } from "node:os";
import * as tf from "@tensorflow/tfjs-core";
import { markdownTable } from "markdown-table";
import { interquartileRange, median, quantile } from "simple-statistics";
import wrapAnsi from "wrap-ansi";
import { largestDifference } from "../support/loss-curve.ts";
import type { MeasuredBackend } from "./measured-backend.ts";
import { networks, singleSteps, warmUpLength, type Network } from "./step-times.ts";

/** Short of 88 by what the lines of a list are indented. */
const columns = 86;

const stepCaption =
  "A training step, µs: the median of the rounds, ± half the range of their middle half. Of each network the sizes of " +
  "its layers and the batch.";

const warmUpCaption =
  "What comes once, ms: loading and starting the backend; then, in this order, what each network's first steps (" +
  `${warmUpLength / 1000} s of them, at least ${singleSteps}) took beyond what they take at the end of these: tracing, shaders, the JIT ` +
  "compilers. The first network also pays for what all share. Measured once, so that noise hides what is small.";

const winnersCaption =
  "The fastest, and how many times its time the next one takes (noise: their middle halves overlap).";

const parityCaption =
  "How far the loss strays from cpu's in Node, at most, in any of 50 epochs: 200 steps of momentum from one seed, in which " +
  "a sigmoid network's loss falls from 0.092 to 0.012.";

/** What was found, as Markdown. */
export function report(backends: readonly MeasuredBackend[], chromiumVersion: string): string {
  const failed = backends.filter(({ failure }) => failure !== undefined);
  const parts = [
    wrapped(stepCaption),
    stepTable(backends),
    wrapped(warmUpCaption),
    warmUpTable(backends),
    wrapped(winnersCaption),
    winnersTable(backends),
    wrapped(parityCaption),
    parityTable(backends),
    listOf(failed.map(({ label, failure }) => `${label}: ${failure}`)),
    machine(backends, chromiumVersion),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function stepTable(backends: readonly MeasuredBackend[]): string {
  const rows = backends.map((backend) => [
    backend.label,
    ...networks.map(({ name }) => {
      const times = backend.stepTimes(name);
      if (times.length === 0) return "–";
      const spread = (100 * interquartileRange(times)) / 2 / median(times);
      return `${grouped(median(times))} ± ${spread.toFixed(0)} %`;
    }),
  ]);
  return table(["µs a step", ...networks.map(describe)], rows);
}

function warmUpTable(backends: readonly MeasuredBackend[]): string {
  const started = backends.filter(({ start }) => start !== undefined);
  const rows = started.map((backend) => [
    backend.label,
    grouped(backend.start?.milliseconds ?? NaN),
    ...networks.map(({ name }) => grouped(backend.warmUpCost(name))),
  ]);
  return table(["ms, once", "start", ...networks.map(({ name }) => name)], rows);
}

function winnersTable(backends: readonly MeasuredBackend[]): string {
  const rows = networks.map(({ name }) => [
    name,
    ...(["Node", "Chromium"] as const).map((where) => {
      const measured = backends.filter((backend) => backend.where === where && backend.stepTimes(name).length > 0);
      return winner(measured, name);
    }),
  ]);
  return markdownTable([["fastest", "in Node", "in Chromium"], ...rows]);
}

/** `wasm (cpu: 1.8 ×)` */
function winner(backends: readonly MeasuredBackend[], network: Network["name"]): string {
  const timed = backends.map((backend) => ({ name: backend.name, times: backend.stepTimes(network) }));
  const [first, second] = timed.toSorted((a, b) => median(a.times) - median(b.times));
  if (first === undefined || second === undefined) return first?.name ?? "–";
  const isNoise = quantile(first.times, 0.75) >= quantile(second.times, 0.25);
  const ratio = (median(second.times) / median(first.times)).toPrecision(2);
  return `${first.name} (${second.name}: ${ratio} ×${isNoise ? ", noise" : ""})`;
}

function parityTable(backends: readonly MeasuredBackend[]): string {
  const [reference, ...others] = backends.filter(({ lossCurve }) => lossCurve.length > 0);
  const rows = others.map(({ label, lossCurve }) => [
    label,
    largestDifference(lossCurve, reference?.lossCurve ?? []).toExponential(1),
  ]);
  return table([`beside ${reference?.label ?? "nothing"}`, "largest difference"], rows);
}

function machine(backends: readonly MeasuredBackend[], chromiumVersion: string): string {
  const cpu = cpus()[0]?.model.trim() ?? "a processor of unknown make";
  const devices = new Set(backends.flatMap(({ start }) => (start === undefined ? [] : [start.device])));
  const labelsOn = (device: string) =>
    backends.filter(({ start }) => start?.device === device).map(({ label }) => label);
  return listOf([
    `${cpu}, ${availableParallelism()} cores; ${process.platform} ${process.arch}`,
    `Node ${process.version.slice(1)}, Chromium ${chromiumVersion}, tfjs ${tf.version_core}`,
    ...Array.from(devices, (device) => `${labelsOn(device).join(", ")}: ${device}`),
    new Date().toISOString().slice(0, 10),
  ]);
}

/** `small 1-16-1, 32` */
function describe({ name, sizes, batchSize }: Network): string {
  return `${name} ${sizes.join("-")}, ${batchSize}`;
}

function table(header: readonly string[], rows: readonly string[][]): string {
  return markdownTable([[...header], ...rows], { align: header.map((_, column) => (column === 0 ? "l" : "r")) });
}

function listOf(items: readonly string[]): string {
  return items.map((item) => wrapped(`- ${item}`).replaceAll("\n", "\n  ")).join("\n");
}

function wrapped(text: string): string {
  return wrapAnsi(text, columns);
}

/** Three digits that count, thousands apart: `1,230`. Of what is not known a dash. */
function grouped(value: number): string {
  if (Number.isNaN(value)) return "–";
  return Number(value.toPrecision(3)).toLocaleString("en-US", { maximumFractionDigits: 0 });
}
