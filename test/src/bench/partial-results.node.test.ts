import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RegimeComparison } from "rivulet";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { partialResults } from "../../../src/bench/partial-results.ts";
import { sampleComparison } from "../../support/sample-comparison.ts";

let folder = "";
let made = 0;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rivulet-partial-"));
  made = 0;
  vi.useFakeTimers({ toFake: ["performance"] });
});

afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true, force: true });
});

/** What stands in the file tells which one it is. */
const render = ({ wallSeconds }: RegimeComparison) => `comparison ${wallSeconds}`;
const soFar = async () => ({ ...sampleComparison(), wallSeconds: ++made });

describe("partialResults", () => {
  it("writes at the first end of a run, then every five seconds, and puts nothing together in between", async () => {
    const path = join(folder, "out.json");
    const onRunEnd = partialResults([{ path, render }], new AbortController().signal);
    const contents: string[] = [];
    for (let run = 0; run < 6; run++) {
      await onRunEnd(soFar);
      contents.push(await readFile(path, "utf8"));
      vi.advanceTimersByTime(2000);
    }
    expect(contents.map((content) => Number(content.split(" ")[1]))).toEqual([1, 1, 1, 2, 2, 2]);
    expect(made).toBe(2);
  });

  it("writes each file, of one comparison", async () => {
    const files = ["out.json", "out.csv"].map((name) => ({ path: join(folder, name), render }));
    await partialResults(files, new AbortController().signal)(soFar);
    const contents = await Promise.all(files.map(async ({ path }) => readFile(path, "utf8")));
    expect(contents).toEqual(["comparison 1", "comparison 1"]);
  });

  it("writes at once when it is interrupted", async () => {
    const path = join(folder, "out.json");
    const controller = new AbortController();
    const onRunEnd = partialResults([{ path, render }], controller.signal);
    await onRunEnd(soFar);
    controller.abort();
    await onRunEnd(soFar);
    expect(await readFile(path, "utf8")).toBe("comparison 2");
  });

  it("leaves alone what is no plain file, and says nothing of what cannot be written", async () => {
    const device = { path: "/dev/null", render };
    await partialResults([device], new AbortController().signal)(soFar);
    expect(made).toBe(0);
    const nowhere = { path: join(folder, "nowhere", "out.json"), render };
    const file = { path: join(folder, "out.csv"), render };
    await partialResults([device, nowhere, file], new AbortController().signal)(soFar);
    expect(made).toBe(1);
    expect(await readFile(file.path, "utf8")).toBe("comparison 1");
  });
});
