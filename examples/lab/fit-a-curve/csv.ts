import { signal } from "@preact/signals";
import type { CsvProblem } from "./data/read-csv.ts";
import { readCsvFile } from "./data/read-csv.ts";
import { setPoints } from "./state.ts";

/** What came of the last file. */
export type CsvOutcome =
  | { readonly kind: "read"; readonly name: string; readonly rows: number; readonly points: number }
  | {
      readonly kind: "failed";
      readonly name: string;
      readonly problem: CsvProblem | { readonly kind: "unreadable" } | { readonly kind: "oneFile" };
    };

export const outcome = signal<CsvOutcome | undefined>();

/** Learns from a file; what cannot be read leaves all as it is. */
export async function openFiles(files: readonly File[]): Promise<void> {
  const [file] = files;
  if (file === undefined) return;
  const { name } = file;
  if (files.length > 1) {
    outcome.value = { kind: "failed", name, problem: { kind: "oneFile" } };
    return;
  }
  // A folder, or a file that went away.
  const read = await readCsvFile(file).catch(() => ({ kind: "unreadable" }) as const);
  if ("kind" in read) {
    outcome.value = { kind: "failed", name, problem: read };
    return;
  }
  setPoints(read.inputs, read.points, read.axes);
  outcome.value = { kind: "read", name, rows: read.rows, points: read.points.length };
}
