import { describe, expect, it } from "vitest";
import { readAhead } from "../../../src/regimes/read-ahead.ts";

/** Reads that each take some turns of the event loop, and what was begun and ended of them. */
function slowReads(count: number, failing: readonly number[] = []) {
  const begun: number[] = [];
  const ended: number[] = [];
  let most = 0;
  const reads = Array.from({ length: count }, (_, index) => async () => {
    begun.push(index);
    most = Math.max(most, begun.length - ended.length);
    // The later ones are quicker.
    await new Promise((resolve) => void setTimeout(resolve, 2 * (count - index)));
    ended.push(index);
    if (failing.includes(index)) throw new RangeError(`Read ${index} failed.`);
    return index;
  });
  return { reads, begun, ended, most: () => most };
}

async function all<Result>(read: AsyncIterable<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for await (const result of read) results.push(result);
  return results;
}

describe("reading ahead", () => {
  it.each([0, 1, 7, 8, 9, 30])("gives %d results in order, with no more than eight under way", async (count) => {
    const { reads, most } = slowReads(count);
    expect(await all(readAhead(reads))).toEqual(Array.from({ length: count }, (_, index) => index));
    expect(most()).toBe(Math.min(8, count));
  });

  it("begins the next only once somebody took the first", async () => {
    const { reads, begun } = slowReads(20);
    const results = readAhead(reads);
    expect(begun).toEqual([]);
    await results.next();
    expect(begun).toHaveLength(8);
    await results.next();
    expect(begun).toHaveLength(9);
    await results.return(undefined);
  });

  it("ends with the first failure in order, once all that was begun has ended", async () => {
    const { reads, begun, ended } = slowReads(20, [3, 5]);
    await expect(all(readAhead(reads))).rejects.toThrow(new RangeError("Read 3 failed."));
    expect(ended.toSorted((a, b) => a - b)).toEqual(begun);
    expect(begun).toHaveLength(11);
  });

  it("waits for what was begun where nobody wants the rest", async () => {
    const { reads, begun, ended } = slowReads(20);
    for await (const result of readAhead(reads)) if (result === 2) break;
    expect(ended).toHaveLength(begun.length);
  });
});
