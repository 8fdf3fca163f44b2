import * as tf from "@tensorflow/tfjs-core";
import { Sequential, type JsonObject, type Layer, type Shape } from "rivulet";
import { Dense } from "rivulet/layers";
import { describe, expect, it } from "vitest";
import { artifactsOf, copyOf, expectRefused, loadFrom, predictionOf } from "../../support/model-files.ts";
import { weightsOf } from "../../support/models.ts";

/** A layer of one's own: y = s x + o, with an s for each input that is trained, and an o that is not. */
class Scale implements Layer {
  scaleOfInput: tf.Variable | undefined;
  #offset: tf.Variable | undefined;

  constructor(readonly start = 1) {}

  get parameters() {
    return this.scaleOfInput === undefined ? [] : [this.scaleOfInput];
  }

  get state() {
    return this.#offset === undefined ? [] : [this.#offset];
  }

  build(inputShape: Shape) {
    this.scaleOfInput = tf.tidy(() => tf.variable(tf.mul(tf.ones([...inputShape]), this.start)));
    this.#offset = tf.tidy(() => tf.variable(tf.zeros([...inputShape]), false));
  }

  forward(x: tf.Tensor) {
    return tf.add(tf.mul(x, this.scaleOfInput as tf.Tensor), this.#offset as tf.Tensor);
  }

  toSaved() {
    return { className: "Scale", config: { start: this.start } as JsonObject };
  }
}

const readScale = ({ start }: JsonObject) => new Scale(start as number);

const modelOf = (layer: Layer) => new Sequential([new Dense({ units: 2 }), layer], { inputShape: [2] });

describe("a layer of one's own", () => {
  it("is saved with its fields as names, and read by a reader of one's own", async () => {
    using model = modelOf(new Scale(3));
    const file = copyOf(await artifactsOf(model));
    const names = file.weightSpecs?.map(({ name }) => name);
    expect(names).toEqual(["dense_1/kernel", "dense_1/bias", "scale_1/scale_of_input", "scale_1/state_1"]);
    using again = await loadFrom(file, { layers: { Scale: readScale } });
    expect(await weightsOf(again)).toEqual(await weightsOf(model));
    expect(await predictionOf(again, [[1, 2]])).toEqual(await predictionOf(model, [[1, 2]]));
    expect((again.layers[1] as Scale).start).toBe(3);
  });

  it("may take the place of one of rivulet's", async () => {
    using model = new Sequential([new Dense({ units: 2 })], { inputShape: [2] });
    const made: Layer[] = [];
    const layers = {
      Dense: ({ units }: JsonObject) => {
        made.push(new Dense({ units: units as number }));
        return made[0] as Layer;
      },
    };
    using again = await loadFrom(await artifactsOf(model), { layers });
    expect(again.layers).toEqual(made);
  });

  it("is refused where nobody reads it, or its reader does not give a layer", async () => {
    using model = modelOf(new Scale());
    const file = copyOf(await artifactsOf(model));
    const where = "modelTopology.config.layers[1]";
    await expectRefused(
      loadFrom(file),
      `Cannot load the IOHandler: ${where} ("scale_1"): There is no layer class "Scale".`,
    );
    const throwing = () => {
      throw new Error("not today");
    };
    await expectRefused(
      loadFrom(file, { layers: { Scale: throwing } }),
      `Cannot load the IOHandler: ${where} ("scale_1"): not today.`,
    );
    await expectRefused(
      loadFrom(file, { layers: { Scale: (() => 3) as never } }),
      "Cannot load the IOHandler: Sequential expects layer 2 to have build, forward and parameters, got 3.",
    );
  });

  it("makes more variables than the file has values for, and leaves none behind", async () => {
    using model = modelOf(new Scale());
    const file = copyOf(await artifactsOf(model));
    class Wide extends Scale {
      override build() {
        super.build([2 ** 21]);
      }
    }
    await expectRefused(
      loadFrom(file, { layers: { Scale: () => new Wide() } }),
      "Cannot load the IOHandler: wide_1 holds 4194304 values, more than the file has.",
    );
  });
});

describe("save refuses, before anything is written,", () => {
  const refused = (layer: Layer) => async () => {
    using model = modelOf(layer);
    await artifactsOf(model);
  };

  it.each([
    [
      "a layer that cannot say what it is",
      Object.assign(new Scale(), { toSaved: undefined }),
      'layer "scale_1" cannot say what it is. Give its class Scale a method toSaved, which says how to make it again, or save the weights alone: getWeights().',
    ],
    [
      "a function as an activation",
      new Dense({ units: 1, activation: (z) => tf.square(z) }),
      'layer "dense_2": Dense(2 → 1, activation) cannot be saved: a file cannot hold its activation, a function of your own. Put that into a layer of your own, with a toSaved() and a reader for loading.',
    ],
    [
      "a layer whose description throws",
      Object.assign(new Scale(), {
        toSaved() {
          throw new Error("not today.");
        },
      }),
      'layer "scale_1": not today.',
    ],
    [
      "a description that is none",
      Object.assign(new Scale(), { toSaved: () => "Scale" }),
      `what layer "scale_1"'s toSaved returns must be { className, config }, got "Scale".`,
    ],
    [
      "what JSON cannot hold",
      Object.assign(new Scale(), { toSaved: () => ({ className: "Scale", config: { a: [1, { b: NaN }] } }) }),
      `layer "scale_1"'s config.a[1].b is nothing that JSON can hold. Say it in texts and finite numbers.`,
    ],
    [
      "a function in its description",
      Object.assign(new Scale(), { toSaved: () => ({ className: "Scale", config: { f: () => 1 } }) }),
      `layer "scale_1"'s config.f is nothing that JSON can hold.`,
    ],
  ])("%s", async (_, layer, message) => {
    await expect(refused(layer as unknown as Layer)()).rejects.toThrow(`Cannot save to the IOHandler: ${message}`);
  });

  it.each([
    [1001, [2], "the network must be of at most 1000 layers, got 1001."],
    [1, [2 ** 11, 2 ** 12], "the input's shape must be of at most 4194304 values a sample, got [2048,4096]."],
  ])("%i layers for %o, which no load would take", async (count, inputShape, message) => {
    const identity = () => ({ parameters: [], build() {}, forward: (x: tf.Tensor) => x, toSaved });
    const toSaved = () => ({ className: "Identity", config: {} });
    using model = new Sequential(Array.from({ length: count }, identity), { inputShape });
    await expect(artifactsOf(model)).rejects.toThrow(`Cannot save to the IOHandler: ${message}`);
  });

  it("a config that holds itself", async () => {
    const config: Record<string, unknown> = {};
    config["again"] = config;
    const layer = Object.assign(new Scale(), { toSaved: () => ({ className: "Scale", config }) });
    await expect(refused(layer as unknown as Layer)()).rejects.toThrow("its JSON is nested more than 64 levels deep.");
  });

  it.each([NaN, Infinity])("a weight of %d", async (value) => {
    using model = new Sequential([new Dense({ units: 1 })], { inputShape: [1] });
    tf.tidy(() => model.parameters[1]?.assign(tf.tensor1d([value])));
    await expect(artifactsOf(model)).rejects.toThrow(
      `Cannot save to the IOHandler: dense_1/bias holds ${value}. The model has diverged: train it anew with a lower learning rate, then save it.`,
    );
  });
});
