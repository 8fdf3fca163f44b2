import type { CurvePoint } from "rivulet";

/** What a worker tells of its job. */
export type WorkerNews =
  | { readonly kind: "progress"; readonly share: number }
  | { readonly kind: "point"; readonly point: CurvePoint };

/** What a worker is told besides its jobs: to end the one that it has with what was measured so far, and to begin no other. */
export const stopMessage = { kind: "stop" } as const;

/** Whether what came is that. */
export function isStopMessage(message: unknown): boolean {
  return typeof message === "object" && message !== null && "kind" in message && message.kind === stopMessage.kind;
}
