import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readFolder } from "../../src/io/files/read-folder.ts";
import type { FolderContent } from "../../src/io/files/write-folder.ts";
import { ModelFile } from "../../src/io/model-file.ts";

/** A model's files with one number in model.json and all through the weights, by which one tells whether they belong together. */
export function marked(mark: number, size = 1000): FolderContent {
  const weights = [{ name: "w", shape: [size], dtype: "float32" }];
  return {
    json: (name) => JSON.stringify({ format: String(mark), weightsManifest: [{ paths: [name], weights }] }),
    weights: new Uint8Array(new Float32Array(size).fill(mark).buffer),
  };
}

/** The mark of the model in a folder. @throws Error if it is not whole */
export async function markIn(folder: string): Promise<number> {
  const { format, weightData } = await readFolder(ModelFile.toLoad(folder), folder);
  const [data] = weightData as ArrayBuffer[];
  const marks = new Set([Number(format), ...new Float32Array(data as ArrayBuffer)]);
  if (marks.size !== 1) throw new Error(`model.json is of ${format}, but the weights are of ${[...marks].join(", ")}`);
  return Number(format);
}

/** A folder to write into, which is removed when its scope ends. */
export async function temporaryFolder(): Promise<
  AsyncDisposable & { readonly path: string; list(): Promise<string[]> }
> {
  const path = await mkdtemp(join(tmpdir(), "rivulet-files-"));
  return {
    path,
    list: async () => (await readdir(path, { recursive: true })).toSorted(),
    [Symbol.asyncDispose]: async () => rm(path, { recursive: true }),
  };
}
