import * as tf from "@tensorflow/tfjs-core";
import { isPositiveInteger } from "../hyperparameter.ts";
import { quote } from "../quote.ts";
import type { Json } from "../saved-layer.ts";
import { formatShape, sizeOf, type Shape } from "../shape.ts";
import { entryOf } from "./json.ts";
import type { ModelFile } from "./model-file.ts";

/** A weight as a manifest lists it, checked. */
export interface WeightSpec {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: "float32" | "int32";
  readonly isOptimizers: boolean;
  /** In bytes, within all the weights' data. */
  readonly start: number;
  readonly end: number;
  /** How its numbers are packed, where they are; checked. */
  readonly quantization: tf.io.WeightsManifestEntry["quantization"];
}

/** What tfjs has operations for. */
const mostAxes = 6;

const bytesByType = { float32: 4, int32: 4, float16: 2, uint16: 2, uint8: 1 } as const;

/**
 * The weights that a manifest lists, against the bytes that there are: no shape is believed that they do not bear out.
 *
 * @param byteLength of all the weights' data
 * @throws ModelFileError for a name that stands twice, a shape, a type or a packing that makes no sense, and data that is
 * too short or too long
 */
export function readWeightSpecs(file: ModelFile, listed: unknown, byteLength: number): WeightSpec[] {
  file.expect(Array.isArray(listed), "the weights' manifest", "an array", listed);
  const names = new Set<string>();
  let start = 0;
  const specs = (listed as Json[]).map((entry, index) => {
    const spec = readWeightSpec(file, entry, index, { start, byteLength });
    if (names.has(spec.name)) throw file.error(`weight ${quote(spec.name)} stands twice in the manifest`);
    names.add(spec.name);
    start = spec.end;
    return spec;
  });
  if (start !== byteLength) {
    const problem = `the weights hold ${byteLength} bytes, but by their manifest it is ${start}`;
    throw file.error(problem, { mend: "The file was cut off or altered: save the model anew, or take another copy." });
  }
  return specs;
}

interface Place {
  readonly start: number;
  readonly byteLength: number;
}

function readWeightSpec(file: ModelFile, entry: Json, index: number, { start, byteLength }: Place): WeightSpec {
  const name = entryOf(entry, "name");
  file.expect(typeof name === "string" && name !== "", `the name of weight ${index}`, "a text", name);
  const who = `weight ${quote(name)}`;
  const group = entryOf(entry, "group") ?? "model";
  file.expect(group === "model" || group === "optimizer", `the group of ${who}`, '"model" or "optimizer"', group);
  const dtype = entryOf(entry, "dtype");
  const isCount = dtype === "int32" && group === "optimizer";
  file.expect(dtype === "float32" || isCount, `the dtype of ${who}`, '"float32"', dtype);
  const shape = entryOf(entry, "shape");
  const isShape = Array.isArray(shape) && shape.length <= mostAxes && shape.every(isPositiveInteger);
  file.expect(isShape, `the shape of ${who}`, `at most ${mostAxes} whole numbers above 0`, shape);
  const quantization = readQuantization(file, who, entryOf(entry, "quantization"));
  const type: "float32" | "int32" = isCount ? "int32" : "float32";
  const bytes = sizeOf(shape) * bytesByType[quantization?.dtype ?? type];
  if (bytes > byteLength - start) {
    const problem = `${who} of shape ${formatShape(shape)} takes ${bytes} bytes, but only ${byteLength - start} are left`;
    throw file.error(problem, { where: name, mend: "The file was cut off or altered: save the model anew." });
  }
  return { name, shape, dtype: type, isOptimizers: group === "optimizer", start, end: start + bytes, quantization };
}

function readQuantization(file: ModelFile, who: string, value: Json | undefined): WeightSpec["quantization"] {
  if (value === undefined) return undefined;
  const dtype = entryOf(value, "dtype");
  const where = `the quantization of ${who}`;
  if (dtype === "float16") return { dtype };
  file.expect(dtype === "uint8" || dtype === "uint16", where, "to uint8, uint16 or float16", dtype);
  const [scale, min] = [entryOf(value, "scale"), entryOf(value, "min")];
  const isFinite = Number.isFinite(scale) && Number.isFinite(min);
  file.expect(isFinite, where, "with a finite scale and min", value);
  return { dtype, scale: scale as number, min: min as number };
}

/**
 * A weight's numbers, unpacked by tfjs where they are packed.
 *
 * @throws ModelFileError for a number that is not finite
 */
export async function readWeight(file: ModelFile, spec: WeightSpec, weights: ArrayBuffer): Promise<Float32Array> {
  const { name, shape, start, end, quantization } = spec;
  const bytes = weights.slice(start, end);
  const values = quantization === undefined ? new Float32Array(bytes) : await unpack(bytes, shape, quantization);
  const index = values.findIndex((value) => !Number.isFinite(value));
  if (index < 0) return values;
  const problem = `weight ${quote(name)} holds ${values[index]} at its number ${index}`;
  throw file.error(problem, { where: name, mend: "The model diverged before it was saved: take an earlier one." });
}

async function unpack(
  bytes: ArrayBuffer,
  shape: Shape,
  quantization: NonNullable<WeightSpec["quantization"]>,
): Promise<Float32Array> {
  const entry = { name: "weight", shape: [...shape], dtype: "float32" as const, quantization };
  const { weight } = tf.io.decodeWeights(bytes, [entry]) as { weight: tf.Tensor };
  try {
    return await weight.data<"float32">();
  } finally {
    weight.dispose();
  }
}
