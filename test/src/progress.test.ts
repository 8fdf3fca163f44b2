import { describe, expect, it } from "vitest";
import { createProgress } from "../../src/progress/lines.ts";

function linesOf(epochs: number): string[] {
  const lines: string[] = [];
  const progress = createProgress({ epochs, stepsPerEpoch: 1 }, (line) => lines.push(line));
  for (let epoch = 0; epoch < epochs; epoch++) {
    progress.advance(epoch + 1);
    progress.endEpoch(epoch, { loss: 1 / (epoch + 1), val_loss: 2 });
  }
  progress.stop();
  return lines;
}

describe("plain progress lines", () => {
  it("are one an epoch for a short run", () => {
    expect(linesOf(2)).toEqual(["epoch 1/2  loss 1.000  val_loss 2.000", "epoch 2/2  loss 0.5000  val_loss 2.000"]);
  });

  it.each([10, 11, 99, 1000, 1001])("are ten at most for %i epochs, the last one among them", (epochs) => {
    const lines = linesOf(epochs);
    expect(lines.length).toBeLessThanOrEqual(10);
    expect(lines.length).toBeGreaterThanOrEqual(5);
    expect(lines.at(-1)).toMatch(new RegExp(`^epoch ${epochs}/${epochs} `));
  });
});
