import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { writeFolder } from "../../src/io/files/write-folder.ts";
import { marked, markIn, temporaryFolder } from "../support/marked-folder.ts";

const script = fileURLToPath(new URL("../support/save-forever.ts", import.meta.url));

function spawnSaver(folder: string, first: number) {
  const parameters = ["--import", "tsx", script, folder, String(first)];
  return spawn(process.execPath, parameters, { stdio: ["ignore", "pipe", "inherit"] });
}

/** Has a process save on and on, and kills it some time after a save of its has ended. Returns how many had ended. */
async function saveAndKill(folder: string, first: number, delay: number): Promise<number> {
  const child = spawnSaver(folder, first);
  const exited = once(child, "exit");
  let saves = 0;
  child.stdout.on("data", (dots: Buffer) => (saves += dots.length));
  await Promise.race([once(child.stdout, "data"), exited]);
  await new Promise((resolve) => setTimeout(resolve, delay));
  child.kill("SIGKILL");
  await exited;
  return saves;
}

it("a process that is killed while it saves leaves a whole model, and the next save clears what it left", async () => {
  await using place = await temporaryFolder();
  const folder = join(place.path, "model");
  let mark = 0;
  for (let kills = 0; kills < 12; kills++) {
    // At another moment of a save each time, which takes some milliseconds.
    const saves = await saveAndKill(folder, mark, kills * 1.7);
    expect(saves).toBeGreaterThan(0);
    const found = await markIn(folder);
    // The last one may have been there already, and not said so yet.
    expect(found).toBeGreaterThanOrEqual(mark + saves - 1);
    mark = found + 1;
  }
  await writeFolder(folder, marked(mark));
  expect(await place.list()).toEqual([
    "model",
    "model/model.json",
    expect.stringMatching(/^model\/weights-[0-9a-f]{8}\.bin$/),
  ]);
});

it("two processes that save into one folder at once never mix their models", async () => {
  await using place = await temporaryFolder();
  const folder = join(place.path, "model");
  const processes = [0, 1e6].map((first) => spawnSaver(folder, first));
  await Promise.all(processes.map(async ({ stdout }) => once(stdout, "data")));
  const seen = new Set<boolean>();
  for (let reads = 0; reads < 200 || seen.size < 2; reads++) seen.add((await markIn(folder)) < 1e6);
  for (const child of processes) {
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
  }
  await writeFolder(folder, marked(-1));
  expect(await markIn(folder)).toBe(-1);
  expect(await place.list()).toHaveLength(3);
});
