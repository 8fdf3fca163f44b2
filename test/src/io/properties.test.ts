import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { ModelFileError, Sequential } from "rivulet";
import { Flatten, Reshape } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { anyLayer } from "../../support/any-layer.ts";
import { artifactsOf, copyOf, loadFrom } from "../../support/model-files.ts";
import { curve, smallModel } from "../../support/models.ts";

const anyNetwork = fc.record({
  inputs: fc.integer({ min: 1, max: 4 }),
  seed: fc.maxSafeInteger(),
  layers: fc.array(anyLayer, { minLength: 1, maxLength: 5 }),
});

/** Its numbers: seeds and counts, and all weights. */
async function allOf(model: Sequential): Promise<unknown> {
  const weights = model.getWeights();
  const values = await Promise.all(weights.map(async (weight) => Array.from(await weight.data())));
  tf.dispose(weights);
  const { seed, stepsTaken, history, inputShape } = model;
  return { summary: model.summary(), values, seed, stepsTaken, history, inputShape };
}

async function velocitiesOf(model: Sequential, optimizer: SGD): Promise<unknown> {
  const velocities = model.parameters.map((parameter) => optimizer.stateByName(parameter)["velocity"] as tf.Tensor);
  return Promise.all(velocities.map(async (velocity) => velocity.array()));
}

/** All that a load gave, or its error. */
async function outcomeOf(load: Promise<Sequential>, optimizer: SGD): Promise<unknown> {
  try {
    using model = await load;
    return { model: await allOf(model), velocities: await velocitiesOf(model, optimizer) };
  } catch (error) {
    return error;
  }
}

describe("files", () => {
  it("hold any network", async () => {
    await fc.assert(
      fc.asyncProperty(anyNetwork, async ({ inputs, seed, layers }) => {
        using model = new Sequential(
          [...layers.map((make) => make()), new Reshape({ targetShape: [-1, 1] }), new Flatten()],
          {
            inputShape: [inputs],
            seed,
          },
        );
        using again = await loadFrom(copyOf(await artifactsOf(model)));
        expect(await allOf(again)).toEqual(await allOf(model));
      }),
      { numRuns: 25 },
    );
  });

  it("with a byte altered are refused, or hold the same model; nothing is left behind", async () => {
    using model = smallModel();
    using optimizer = new SGD({ momentum: 0.9 });
    const { x, y } = curve(4);
    await model.fit(x, y, { loss: "mse", optimizer, epochs: 2, verbose: 0 });
    const { weightData, ...json } = copyOf(await artifactsOf(model, { optimizer }));
    const text = new TextEncoder().encode(JSON.stringify(json));
    const weights = new Uint8Array(weightData as ArrayBuffer);
    const expected = { model: await allOf(model), velocities: await velocitiesOf(model, optimizer) };
    const change = fc.record({
      place: fc.integer({ min: 0, max: text.length + weights.length - 1 }),
      byte: fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(...new TextEncoder().encode('0e-,"{}[] '))),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ place, byte }) => {
        const altered = Uint8Array.of(...text, ...weights);
        altered[place] = byte;
        const load = async () => {
          const parsed = JSON.parse(new TextDecoder().decode(altered.subarray(0, text.length))) as object;
          return { ...parsed, weightData: altered.slice(text.length).buffer } as tf.io.ModelArtifacts;
        };
        const before = tf.memory().numTensors;
        using given = new SGD({ momentum: 0.9 });
        expect(await outcomeOf(Sequential.load({ load }, { optimizer: given }), given)).toEqual(
          expect.toBeOneOf([expected, expect.any(ModelFileError)]),
        );
        expect(tf.memory().numTensors).toBe(before);
      }),
      { numRuns: 300 },
    );
  });
});
