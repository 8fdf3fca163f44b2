import * as tf from "@tensorflow/tfjs-core";
import { candidates, foreignBackends } from "#backends";
import { BackendError } from "../errors.ts";
import { lookUp } from "../lookup.ts";
import type { BackendName, Candidate } from "./candidate.ts";
import { BackendReport, coarse, type Attempt } from "./report.ts";

/**
 * Starts a backend, on which all tensors then live.
 *
 * @param name `"auto"` takes the first that starts: in Node tensorflow (if installed), wasm, cpu; in a page webgl, wasm,
 * cpu. WebGL with 16-bit floats it passes over: they are too coarse to train with. By its own name a backend either starts
 * or is an error, never another one in silence. The backend that runs goes on until the other one has loaded.
 * @returns what runs, what else was tried and why it did not start
 * @throws UnknownNameError for a name that this platform does not have; BackendError with the reason and the mend
 */
export async function useBackend(name: BackendName | "auto" = "auto"): Promise<BackendReport> {
  // One at a time: a second call would start its backend in the midst of the first one's, which then reports the wrong one.
  const report = last.then(() => startFirst(name));
  last = report.catch(() => {});
  return report;
}

let last: Promise<unknown> = Promise.resolve();

async function startFirst(name: BackendName | "auto"): Promise<BackendReport> {
  const elsewhere = new Map<string, string>(Object.entries(foreignBackends));
  if (elsewhere.has(name)) throw new BackendError(`${name} does not run here: ${elsewhere.get(name)}`);
  const byName = Object.fromEntries(candidates.map((candidate) => [candidate.name, [candidate]]));
  const wanted = lookUp("backend", name, { auto: candidates.filter(({ isExtra }) => !isExtra), ...byName });
  const tried: Attempt[] = [];
  for (const candidate of wanted) {
    const attempt = await attemptTo(candidate, name === "auto");
    tried.push(attempt);
    if (!attempt.ok) continue;
    return new BackendReport({
      name: candidate.name,
      tried,
      version: tf.version_core,
      device: await candidate.device(),
      precision: precisionOf(candidate.name),
    });
  }
  const reasons = tried.map((attempt) => `${attempt.name}: ${attempt.reason} ${attempt.mend}`);
  throw new BackendError(`No backend started. ${reasons.join(" ")}`, tried);
}

/** Tries one; `"auto"` does not content itself with one that is too coarse. */
async function attemptTo(candidate: Candidate, isAuto: boolean): Promise<Attempt> {
  const { name, mend } = candidate;
  const reason = await start(candidate);
  if (reason !== "") return { name, ok: false, reason, mend };
  if (isAuto && precisionOf(name) === 16) {
    const byName = `To use it all the same, ask for it by name: useBackend("${name}").`;
    return { name, ok: false, reason: `it has only 16-bit floats. ${coarse}`, mend: byName };
  }
  return { name, ok: true, reason: "", mend: "" };
}

/** WebGL's own `floatPrecision()` says 16 just where it has 32 (tfjs 4.22.0); the flag behind it tells the truth. */
function precisionOf(name: BackendName): 16 | 32 {
  if (name === "webgl") return tf.env().getBool("WEBGL_RENDER_FLOAT32_ENABLED") ? 32 : 16;
  return tf.backend().floatPrecision();
}

/** Tries one; returns the reason why it did not start, or nothing. */
async function start({ name, register, started, tried }: Candidate): Promise<string> {
  // tfjs greets and warns on the console as a backend starts; the report says what there is to say.
  const wasQuiet = tf.env().getBool("PROD");
  tf.env().set("PROD", true);
  const { registry } = tf.engine();
  const before = tf.getBackend();
  try {
    await register();
    // Loaded beforehand: setBackend lets go of the backend that runs before it waits, and keeps an error to itself.
    registry[name] ??= await load(name);
    await tf.setBackend(name);
    // The first tensor shows that the backend holds one, and takes the greeting with it.
    tf.scalar(0).dispose();
    started?.();
    return "";
  } catch (error) {
    if (before !== undefined && registry[before] !== undefined) await tf.setBackend(before);
    return firstLine(error);
  } finally {
    tried?.();
    tf.env().set("PROD", wasQuiet);
  }
}

async function load(name: BackendName): Promise<tf.KernelBackend> {
  const factory = tf.findBackendFactory(name);
  if (factory === null) throw new Error("it does not run on this platform");
  return factory();
}

function firstLine(error: unknown): string {
  // wasm rejects with an object that is no Error.
  const { message = error } = (error ?? {}) as { readonly message?: unknown };
  const line = String(message).trim().split("\n")[0] ?? "";
  return `${line.replace(/[\s.]+$/, "")}.`;
}
