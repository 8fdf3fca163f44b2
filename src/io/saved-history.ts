import type { History, HistoryParams } from "../history.ts";
import type { Json, JsonObject } from "../saved-layer.ts";
import { entryOf, isObject } from "./json.ts";
import type { ModelFile } from "./model-file.ts";

/** A run's course as JSON has it, which has no NaN and no infinity: they stand there as texts. */
export function writeHistory(history: History): JsonObject {
  const replacer = (_: string, value: unknown) =>
    typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
  return JSON.parse(JSON.stringify(history, replacer)) as JsonObject;
}

/** The numbers of `params` that every run has. */
const counts = ["epochs", "steps", "samples", "validationSamples", "seed"] as const satisfies (keyof HistoryParams)[];

/** The way back. What else stands there is kept, such as what the run said of itself. @throws ModelFileError for what is no history */
export function readHistory(file: ModelFile, where: string, value: Json | undefined): History | undefined {
  if (value === undefined) return undefined;
  const [epoch, curves, params] = ["epoch", "history", "params"].map((key) => entryOf(value, key));
  const isEpochs = Array.isArray(epoch) && epoch.every((number) => Number.isSafeInteger(number));
  file.expect(isEpochs, `${where}.epoch`, "an array of whole numbers", epoch);
  file.expect(isObject(curves), `${where}.history`, "an object of arrays", curves);
  const isParams = isObject(params) && counts.every((key) => Number.isSafeInteger(entryOf(params, key)));
  file.expect(isParams, `${where}.params`, `an object with ${counts.join(", ")}`, params);
  const findings = entryOf(value, "findings") ?? [];
  const isFindings = Array.isArray(findings) && findings.every(isFinding);
  file.expect(isFindings, `${where}.findings`, "an array of objects with kind and message", findings);
  const read = Object.entries(curves).map(([name, curve]) => [
    name,
    readCurve(file, `${where}.history.${name}`, curve),
  ]);
  return {
    ...(value as object),
    epoch,
    // Object.fromEntries, unlike an assignment, makes an entry of its own of a metric that is called __proto__.
    history: Object.fromEntries(read) as Record<string, number[]>,
    params: params as unknown as HistoryParams,
  };
}

/** What a run said of itself, as far as anybody may rely on it. */
function isFinding(value: Json): boolean {
  return typeof entryOf(value, "kind") === "string" && typeof entryOf(value, "message") === "string";
}

function readCurve(file: ModelFile, where: string, curve: Json): number[] {
  file.expect(Array.isArray(curve), where, "an array of numbers", curve);
  return (curve as Json[]).map((value) => {
    const isNumber = typeof value === "number" || ["NaN", "Infinity", "-Infinity"].includes(value as string);
    file.expect(isNumber, where, "an array of numbers", curve);
    return Number(value);
  });
}
