import { Sequential } from "rivulet";
import { BatchNorm, Dense, Dropout } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { artifactsOf, copyOf, loadFrom, predictionOf } from "../../support/model-files.ts";
import { curve, weightsOf } from "../../support/models.ts";

const { x, y } = curve(8);
const options = { loss: "mse", batchSize: 4, verbose: 0 } as const;

/** Draws numbers while training, and has state. */
function network(): Sequential {
  const layers = [
    new Dense({ units: 4, activation: "tanh" }),
    new BatchNorm(),
    new Dropout({ rate: 0.25 }),
    new Dense({ units: 1 }),
  ];
  return new Sequential(layers, { inputShape: [1], seed: 5 });
}

const momentum = () => new SGD({ learningRate: 0.1, momentum: 0.9 });

// On every backend: these are the only tests of files that run on all of them.
describe("a model that was saved and loaded", () => {
  it("predicts the same, to the last bit", async () => {
    using model = network();
    using optimizer = momentum();
    await model.fit(x, y, { ...options, optimizer });
    using again = await loadFrom(copyOf(await artifactsOf(model)));
    expect(await predictionOf(again, x)).toEqual(await predictionOf(model, x));
    expect(await weightsOf(again)).toEqual(await weightsOf(model));
  });

  it("goes on training as if it had never stopped, to the last bit", async () => {
    using model = network();
    using optimizer = momentum();
    await model.fit(x, y, { ...options, optimizer, epochs: 2 });
    const file = copyOf(await artifactsOf(model, { optimizer }));
    using other = momentum();
    using again = await loadFrom(file, { optimizer: other });
    const whole = await model.fit(x, y, { ...options, optimizer, epochs: 2 });
    const resumed = await again.fit(x, y, { ...options, optimizer: other, epochs: 2 });
    expect(resumed.history).toEqual(whole.history);
    expect(await weightsOf(again)).toEqual(await weightsOf(model));
  });
});
