import type { Look } from "../charts/mark.tsx";
import type { BatchSize, Momentum } from "./state.ts";

/** What a regime is told apart by: its colour and its mark are its batch size's, its dashes its momentum's. */
const ofBatch = {
  full: { colour: "--rule-1", shape: "circle" },
  128: { colour: "--rule-6", shape: "hourglass" },
  32: { colour: "--rule-2", shape: "square" },
  16: { colour: "--rule-5", shape: "cross" },
  8: { colour: "--rule-3", shape: "triangle" },
  1: { colour: "--rule-4", shape: "diamond" },
} as const satisfies Record<BatchSize, Pick<Look, "colour" | "shape">>;

const ofMomentum = {
  0: [],
  0.5: [2, 3],
  0.9: [9, 4],
  0.99: [12, 3, 2, 3],
} as const satisfies Record<Momentum, readonly number[]>;

/** Whether a regime's mark is hollow: with momentum it is, so that its line need not be seen to know it. */
export function isHollow(momentum: number | null): boolean {
  return momentum !== null && momentum > 0;
}

/** @param momentum null for a rule that has none */
export function lookOf(batchSize: number | "full", momentum: number | null): Look {
  const batches: Readonly<Record<string, Pick<Look, "colour" | "shape">>> = ofBatch;
  const momenta: Readonly<Record<string, readonly number[]>> = ofMomentum;
  return { ...(batches[batchSize] ?? ofBatch.full), dashes: momenta[momentum ?? 0] ?? [] };
}
