import * as tf from "@tensorflow/tfjs-core";
import { DeviceLostError, Sequential, meanSquaredError, useBackend, type Loss } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import { afterEach, describe, expect, inject, it } from "vitest";
import { findLearningRate } from "../../../src/explain/find-learning-rate.ts";
import { curve, weightsOf } from "../../support/models.ts";

afterEach(async () => {
  await useBackend(inject("backend"));
});

const { x, y } = curve(32);

/** Large enough that its weights do stand on the GPU: tfjs leaves a few numbers on the host. */
function network(): Sequential {
  const layers = [new Dense({ units: 16, activation: "sigmoid" }), new Dense({ units: 16 }), new Dense({ units: 1 })];
  return new Sequential(layers, { inputShape: [1], seed: 7 });
}

/** Takes the GPU away, as a driver that crashes does, when the loss is asked for the so-manieth time. */
function losingAt(call: number): Loss {
  let calls = 0;
  return (target, prediction) => {
    if (++calls === call) {
      const { gpgpu } = tf.backend() as unknown as { gpgpu: { gl: WebGL2RenderingContext } };
      gpgpu.gl.getExtension("WEBGL_lose_context")?.loseContext();
    }
    return meanSquaredError(target, prediction);
  };
}

const webglOnly = inject("backend") === "webgl" ? [inject("backend")] : [];

describe.each(webglOnly)("%s, lost", () => {
  it("while it is looked at why a run learnt nothing, ends that quietly", async () => {
    using model = network();
    using optimizer = new SGD({ learningRate: 1e-9 });
    // Five steps, then the comparison with constants, then the first gradients.
    const options = { loss: losingAt(12), optimizer, batchSize: "full", epochs: 5, verbose: 0 } as const;
    const { epoch } = await model.fit(x, y, options);
    expect(epoch).toHaveLength(5);
  });

  it("while it is looked at why a run diverged, is what fit tells of, with the weights back", async () => {
    using model = network();
    using optimizer = new SGD({ learningRate: 1e30 });
    const before = await weightsOf(model);
    // The second batch's loss is infinite already; one more is asked for by the step before it, the rest by the look.
    const options = { loss: losingAt(6), optimizer, batchSize: 16, verbose: 0 } as const;
    const error: unknown = await model.fit(x, y, options).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DeviceLostError);
    await useBackend("cpu");
    expect(await weightsOf(model)).toEqual(before);
  });

  it("while a learning rate is searched for, ends the search with the weights as they were", async () => {
    using model = network();
    using optimizer = new SGD({ learningRate: 0.5, momentum: 0.9 });
    const before = await weightsOf(model);
    const search = findLearningRate(model, x, y, { loss: losingAt(9), optimizer });
    await expect(search).rejects.toThrow(DeviceLostError);
    await useBackend("cpu");
    expect(await weightsOf(model)).toEqual(before);
    expect(optimizer.learningRate).toBe(0.5);
  });
});
