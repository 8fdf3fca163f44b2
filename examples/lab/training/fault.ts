import { BackendError, DeviceLostError, DivergenceError } from "rivulet";
import type { Fault } from "./messages.ts";

/** What the page is told of an error. The library's own sentence says what to do. */
export function faultOf(error: unknown): Fault {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof BackendError) return { kind: "start", message };
  if (error instanceof DeviceLostError) return { kind: "lost", message };
  if (!(error instanceof DivergenceError)) return { kind: "other", message };
  const tooLarge = error.findings.find((finding) => finding.kind === "learningRateTooLarge");
  const { largestStable } = tooLarge ?? {};
  return { kind: "diverged", message, ...(largestStable !== undefined && { largestStable }) };
}
