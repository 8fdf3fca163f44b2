import * as tf from "@tensorflow/tfjs-core";
import { ModelFileError, Sequential, type LoadOptions, type SaveOptions } from "rivulet";
import { expect } from "vitest";

/** What a handler is given to save: all of a file, in memory. */
export async function artifactsOf(model: Sequential, options?: SaveOptions): Promise<tf.io.ModelArtifacts> {
  const saved: tf.io.ModelArtifacts[] = [];
  const handler = tf.io.withSaveHandler(async (artifacts) => {
    saved.push(artifacts);
    return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
  });
  await model.save(handler, options);
  return saved[0] as tf.io.ModelArtifacts;
}

/** Loads what a handler was given. */
export async function loadFrom(artifacts: unknown, options?: LoadOptions): Promise<Sequential> {
  return Sequential.load({ load: async () => artifacts as tf.io.ModelArtifacts }, options);
}

/** A file as a handler gives it that had to write it as text: nothing in it is shared with the first. */
export function copyOf(artifacts: tf.io.ModelArtifacts): tf.io.ModelArtifacts {
  const { weightData, ...json } = artifacts;
  const copy = JSON.parse(JSON.stringify(json)) as tf.io.ModelArtifacts;
  return { ...copy, weightData: tf.io.CompositeArrayBuffer.join(weightData).slice(0) };
}

/** The same as another program would have written it: without what is rivulet's own. */
export function foreign(artifacts: tf.io.ModelArtifacts): tf.io.ModelArtifacts {
  const { generatedBy: _author, userDefinedMetadata: _metadata, ...rest } = copyOf(artifacts);
  return rest;
}

/** Expects a load to end with a ModelFileError whose text starts so, and nothing to be left behind. */
export async function expectRefused(load: Promise<Sequential>, message: string): Promise<void> {
  const before = tf.memory().numTensors;
  const error: unknown = await load.then(
    (model) => model.dispose(),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ModelFileError);
  expect((error as Error).message.slice(0, message.length)).toBe(message);
  expect(tf.memory().numTensors).toBe(before);
}

/** A prediction's numbers. */
export async function predictionOf(model: Sequential, x: number[][]): Promise<number[]> {
  const output = model.predict(x);
  const values = Array.from(await output.data());
  output.dispose();
  return values;
}
