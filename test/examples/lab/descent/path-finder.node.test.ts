import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PathFinder } from "../../../../examples/lab/descent/path-finder.ts";
import { findPaths, type FoundPath, type PathTask } from "../../../../examples/lab/descent/path-task.ts";
import type { PathEvent, PathRequest } from "../../../../examples/lab/descent/path-worker.ts";
import { expectClose } from "../../../support/expect-close.ts";

/** A worker that is told what to say. */
class ToldWorker extends EventTarget {
  readonly asked: PathRequest[] = [];
  isEnded = false;

  postMessage(request: PathRequest): void {
    this.asked.push(request);
  }

  terminate(): void {
    this.isEnded = true;
  }

  tell(event: PathEvent): void {
    this.dispatchEvent(new MessageEvent("message", { data: event }));
  }
}

let worker: ToldWorker;

beforeEach(() => {
  worker = new ToldWorker();
  vi.stubGlobal("Worker", function makeWorker() {
    return worker;
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

const bowl: PathTask = { f: "bowl", start: [3, 2], rate: 0.1, momentum: 0.9, order: ["sgd", "momentum"], steps: 2 };
const long: PathTask = { ...bowl, steps: 128 };
const wanted = new AbortController().signal;

async function found(task: PathTask): Promise<FoundPath[]> {
  const all: FoundPath[] = [];
  for await (const each of findPaths(task, wanted)) all.push(each);
  return all;
}

describe("finding paths", () => {
  it("goes by one rule after another, and leaves no tensors", async () => {
    const before = tf.memory().numTensors;
    const all = await found(bowl);
    expect(all.map(({ rule }) => rule)).toEqual(["sgd", "momentum"]);
    // W11: 3 → 2.4 → 1.92, 2 → 1.6 → 1.28.
    await expectClose(all[0]?.path.stops.map(({ point }) => [...point]) ?? [], [
      [3, 2],
      [2.4, 1.6],
      [1.92, 1.28],
    ]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("takes a formula as a tree", async () => {
    const square = { kind: "operation", operator: "^", left: { kind: "variable", name: "x" } } as const;
    const expression = { ...square, right: { kind: "number", value: 2 } } as const;
    const [path] = await found({ ...bowl, f: { expression, variables: 1 }, order: ["sgd"], steps: 1 });
    // x² at 3: 3 − 0.1 · 6.
    await expectClose(path?.path.stops.map(({ point }) => [...point]) ?? [], [[3], [2.4]]);
  });

  it("finds short ways, and those for which no worker is ready, on the page", async () => {
    const finder = new PathFinder();
    finder.prepare();
    expect([...((await finder.find(long, wanted)) ?? [])].map(([rule]) => rule)).toEqual(["sgd", "momentum"]);
    worker.tell({ kind: "ready" });
    expect((await finder.find(bowl, wanted))?.get("sgd")?.stops).toHaveLength(3);
    expect(worker.asked).toEqual([]);
  });

  it("leaves long ways to the worker", async () => {
    const finder = new PathFinder();
    finder.prepare();
    worker.tell({ kind: "ready" });
    const finding = finder.find(long, wanted);
    expect(worker.asked).toEqual([{ turn: 1, task: long }]);
    const all = await found(bowl);
    for (const each of all) worker.tell({ kind: "found", turn: 1, found: each });
    worker.tell({ kind: "done", turn: 1, tensors: 0 });
    expect(await finding).toEqual(new Map(all.map(({ rule, path }) => [rule, path])));
  });

  it("takes no notice of what the worker found for an earlier question", async () => {
    const finder = new PathFinder();
    finder.prepare();
    worker.tell({ kind: "ready" });
    const first = new AbortController();
    const dropped = finder.find(long, first.signal);
    first.abort();
    const finding = finder.find(long, wanted);
    const [plain, momentum] = await found(bowl);
    if (plain === undefined || momentum === undefined) throw new Error("The bowl has two paths.");
    worker.tell({ kind: "found", turn: 1, found: plain });
    worker.tell({ kind: "done", turn: 1, tensors: 0 });
    worker.tell({ kind: "found", turn: 2, found: momentum });
    worker.tell({ kind: "done", turn: 2, tensors: 0 });
    expect(await dropped).toBeUndefined();
    expect(await finding).toEqual(new Map([["momentum", momentum.path]]));
  });

  it("starts one worker, when it is told to", () => {
    const make = vi.fn<() => ToldWorker>(function makeWorker() {
      return worker;
    });
    vi.stubGlobal("Worker", make);
    const finder = new PathFinder();
    expect(make).not.toHaveBeenCalled();
    finder.prepare();
    finder.prepare();
    expect(make).toHaveBeenCalledOnce();
  });

  it("goes on on the page where the worker fails, or ends", async () => {
    const finder = new PathFinder();
    finder.prepare();
    worker.tell({ kind: "ready" });
    const finding = finder.find(long, wanted);
    worker.tell({ kind: "failed", turn: 1 });
    expect((await finding)?.get("sgd")?.stops).toHaveLength(129);
    const another = finder.find(long, wanted);
    worker.dispatchEvent(new Event("error"));
    expect((await another)?.get("sgd")?.stops).toHaveLength(129);
    expect(worker.isEnded).toBe(true);
  });

  it("finds nothing for whom it is not wanted any more", async () => {
    expect(await new PathFinder().find(long, AbortSignal.abort())).toBeUndefined();
  });
});
