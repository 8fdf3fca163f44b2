import { BestModel, type BestModelAction } from "rivulet";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { oneWeight } from "../../support/models.ts";
import { watchedRun } from "../../support/watched-run.ts";

describe("BestModel", () => {
  it("hands on each model that is better than all before, and waits for what is done with it", async () => {
    using model = oneWeight();
    const seen: unknown[] = [];
    const best = new BestModel(async (given, epoch, logs) => {
      await Promise.resolve();
      seen.push([given, epoch, logs]);
    });
    await watchedRun(best, "val_loss", [3, 4, 2, NaN, 2, 1], { model, optimizer: new SGD() });
    expect(seen).toEqual([
      [model, 0, { val_loss: 3 }],
      [model, 2, { val_loss: 2 }],
      [model, 5, { val_loss: 1 }],
    ]);
    expect(best.best).toBe(1);
  });

  it("refuses what is no function", () => {
    expect(() => new BestModel("file://best" as unknown as BestModelAction)).toThrow(
      'BestModel expects action to be a function, got "file://best".',
    );
  });
});
