import { RandomStream } from "rivulet";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { EncodedRows } from "../../../src/table/encode.ts";
import { batchSizeFor, predictRows, trainNetwork, type NetworkOptions } from "../../../src/table/network.ts";
import { accuracyOf, regressionError } from "../../../src/table/test-error.ts";
import { range } from "./columns.ts";

const options: NetworkOptions = {
  layers: [8],
  activation: "tanh",
  learningRate: 0.1,
  batchSize: 16,
  epochs: 60,
  patience: 60,
  seed: 1,
};

/** Points of the square (−1, 1)² with a target of each. */
function pointsOf(seed: number, count: number, targetOf: (a: number, b: number) => readonly number[]): EncodedRows {
  const random = new RandomStream(seed, "points");
  const rows = range(count).map(() => [2 * random.uniform() - 1, 2 * random.uniform() - 1] as const);
  const targets = rows.map(([a, b]) => targetOf(a, b));
  return {
    x: { values: Float32Array.from(rows.flat()), shape: [count, 2] },
    y: { values: Float32Array.from(targets.flat()), shape: [count, targets[0]?.length ?? 0] },
  };
}

const partsOf = (targetOf: (a: number, b: number) => readonly number[]) => ({
  training: pointsOf(1, 96, targetOf),
  validation: pointsOf(2, 32, targetOf),
});

/** Whether two signs differ: no straight line parts that. */
const crossed = (a: number, b: number) => (a * b < 0 ? [0, 1] : [1, 0]);

beforeEach(() => {
  // The progress would stand between the test's own lines.
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe("trainNetwork", () => {
  it("learns numbers that no straight line gives", async () => {
    const parts = partsOf((a, b) => [a * b]);
    const network = await trainNetwork("regression", parts, options);
    const predictions = await predictRows(network.model, parts.validation.x);
    expect(regressionError(parts.validation.y.values, predictions).rSquared).toBeGreaterThan(0.8);
    network.model.dispose();
  });

  it("learns classes that no straight line parts", async () => {
    const parts = partsOf(crossed);
    const network = await trainNetwork("classification", parts, options);
    const labels = range(32).map((row) => parts.validation.y.values[2 * row + 1] as number);
    expect(accuracyOf(labels, await predictRows(network.model, parts.validation.x))).toBeGreaterThan(0.8);
    network.model.dispose();
  });

  it("stops when the validation rows get no better, and goes back to the best epoch", async () => {
    // The training rows say the contrary of what the validation rows say: an early epoch stays the best.
    const parts = { training: pointsOf(1, 96, (a) => [a]), validation: pointsOf(2, 32, (a) => [-a]) };
    const stopped = await trainNetwork("regression", parts, { ...options, patience: 3 });
    const { epochs, bestEpoch } = stopped;
    expect(epochs).toBe(bestEpoch + 3);
    expect(epochs).toBeLessThan(60);
    const once = await trainNetwork("regression", parts, { ...options, epochs: bestEpoch });
    const predictions = await predictRows(stopped.model, parts.validation.x);
    expect(predictions).toEqual(await predictRows(once.model, parts.validation.x));
    // A run that nothing stops goes back too.
    const whole = await trainNetwork("regression", parts, { ...options, epochs });
    expect(whole).toMatchObject({ epochs, bestEpoch });
    expect(await predictRows(whole.model, parts.validation.x)).toEqual(predictions);
    for (const { model } of [stopped, once, whole]) model.dispose();
  });

  it.each([
    ["before it begins", () => AbortSignal.abort("SIGINT")],
    ["between two epochs", abortedByProgress],
  ])("ends with the reason when it is told to stop %s, and leaves nothing behind", async (_, signalOf) => {
    const parts = partsOf((a) => [a]);
    await expect(trainNetwork("regression", parts, { ...options, signal: signalOf() })).rejects.toBe("SIGINT");
  });
});

/** Aborts when the run shows its first line. */
function abortedByProgress(): AbortSignal {
  const controller = new AbortController();
  vi.spyOn(process.stderr, "write").mockImplementation(() => {
    controller.abort("SIGINT");
    return true;
  });
  return controller.signal;
}

describe("batchSizeFor", () => {
  it.each([
    [1, 32],
    [16_000, 32],
    [16_001, 64],
    [640_000, 2048],
  ])("of %i rows is %i", (rows, batchSize) => {
    expect(batchSizeFor(rows)).toBe(batchSize);
  });
});
