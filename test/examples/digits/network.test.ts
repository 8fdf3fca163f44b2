import { describe, expect, it } from "vitest";
import { splitDigits } from "../../../examples/digits/digits.ts";
import { readByNetwork } from "../../../examples/digits/network.ts";
import { countRight } from "../../../examples/digits/tables.ts";
import { someDigits } from "./some-digits.ts";

const dealt = Object.values(splitDigits(someDigits(64), 1)).flat();

/** All in batches of 128: for each size a GPU's programs are compiled anew, which takes longer than the steps. */
const parts = { training: dealt.slice(0, 384), validation: dealt.slice(384, 512), test: dealt.slice(512) };
const labelsOf = (readings: readonly { readonly label: number }[]) => readings.map(({ label }) => label);

describe("the network that reads digits", () => {
  it("learns to read most of those that it has not seen", async () => {
    const options = { hidden: 48, seed: 1, epochs: 10, verbose: 0 } as const;
    const { readings, history, bestEpoch, summary } = await readByNetwork(parts, options);
    const { loss = [], val_loss: watched = [] } = history.history;
    // From 3.0 to 0.9; by guessing it is ln 10 = 2.3.
    expect(loss.at(-1)).toBeLessThan((loss[0] as number) / 3);
    expect(bestEpoch).toBe(watched.indexOf(Math.min(...watched)));
    expect(summary).toContain("| dropout_1 |");
    // Seeds 1 to 10 read 95 to 105 of the 128 right, this one 100; by guessing it is 13. Backends differ by roundings, which
    // may turn one or two.
    expect(countRight(labelsOf(readings), parts.test)).toBeGreaterThan(90);
    for (const { confidence } of readings) {
      // The most probable of ten labels.
      expect(confidence).toBeGreaterThan(0.1);
      expect(confidence).toBeLessThanOrEqual(1);
    }
  });

  it("is logistic regression without a hidden layer", async () => {
    const options = { hidden: 0, seed: 1, epochs: 5, verbose: 0 } as const;
    const { readings, history, summary } = await readByNetwork(parts, options);
    expect(summary).toContain("1970 parameters, seed 1");
    expect(history.epoch).toEqual([0, 1, 2, 3, 4]);
    // After five epochs, seeds 1 to 10 read 67 to 91 of the 128 right, this one 77.
    expect(countRight(labelsOf(readings), parts.test)).toBeGreaterThan(60);
  });
});
