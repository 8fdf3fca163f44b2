import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { readFolder } from "../../../../src/io/files/read-folder.ts";
import { writeFolder } from "../../../../src/io/files/write-folder.ts";
import { ModelFile } from "../../../../src/io/model-file.ts";
import { marked, temporaryFolder } from "../../../support/marked-folder.ts";

/** Puts another model into a folder between two steps of a load, as another process does. */
function replaceNow(folder: string, mark: number): void {
  const { paths } = (
    JSON.parse(readFileSync(join(folder, "model.json"), "utf8")) as { weightsManifest: [{ paths: [string] }] }
  ).weightsManifest[0];
  const name = `weights-${String(mark).padStart(8, "0")}.bin`;
  writeFileSync(join(folder, name), marked(mark).weights);
  writeFileSync(join(folder, "model.json"), marked(mark).json(name));
  rmSync(join(folder, paths[0]));
}

it("a model that is replaced after its model.json was read is read anew", async () => {
  await using place = await temporaryFolder();
  await writeFolder(place.path, marked(0));
  const file = ModelFile.toLoad(place.path);
  let mark = 0;
  // Called between the reading of model.json and that of the weights.
  const check = vi.spyOn(file, "expect").mockImplementation(() => {
    if (mark < 3) replaceNow(place.path, ++mark);
  });
  const { format, weightData } = await readFolder(file, place.path);
  check.mockRestore();
  expect(format).toBe("3");
  expect(new Set(new Float32Array((weightData as ArrayBuffer[])[0] as ArrayBuffer))).toEqual(new Set([3]));
});
