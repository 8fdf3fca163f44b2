import { CSVLogger } from "rivulet";
import { SGD } from "rivulet/optimizers";
import { expect, it } from "vitest";
import { smallModel } from "../../support/models.ts";

it("says in a page that there are no files", async () => {
  using model = smallModel();
  const callbacks = [new CSVLogger("training.csv")];
  const fit = model.fit([[1]], [[1]], { loss: "mse", optimizer: new SGD(), verbose: 0, callbacks });
  await expect(fit).rejects.toThrow(
    'CSVLogger cannot write "training.csv": a page has no files. Give a function that keeps each line.',
  );
});
