import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** Writes a file that is gone when the test is over, and returns its path. */
export async function temporaryFile(content: string | Uint8Array, name = "data.csv"): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "rivulet-table-"));
  onTestFinished(async () => rm(folder, { recursive: true }));
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}
