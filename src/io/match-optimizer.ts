import * as tf from "@tensorflow/tfjs-core";
import type { Optimizer } from "../optimizer.ts";
import { quote } from "../quote.ts";
import { ruleTranslation } from "../saved-optimizer.ts";
import type { ModelContent } from "./artifacts.ts";
import { entryOf, isObject } from "./json.ts";
import { expectSameShape, type LoadedModel } from "./match-weights.ts";
import type { ModelFile } from "./model-file.ts";
import type { WeightSpec } from "./weights.ts";

/** The values of a weight as a tensor. The caller tidies. */
export type TensorOf = (spec: WeightSpec) => tf.Tensor;

/** What a file's optimizer remembers of one parameter. */
interface SavedState {
  readonly slots: ReadonlyMap<string, WeightSpec>;
  readonly steps: number;
}

/**
 * Finds in a file what an optimizer remembered of a model, for one of the same class to go on from: rivulet's own by
 * name, tfjs-layers' by order, as that writes it. A slot that the file's did not have starts as in a new optimizer, as it
 * does where a momentum is switched on in mid-run.
 *
 * @param weights the file's weights for the model's variables
 * @returns what fills the optimizer
 * @throws ModelFileError for a file without an optimizer, one of another class, and one that does not fit the model
 */
export function matchOptimizer(
  file: ModelFile,
  content: ModelContent,
  weights: ReadonlyMap<tf.Variable, WeightSpec>,
  model: LoadedModel,
  optimizer: Optimizer,
): (tensorOf: TensorOf) => void {
  const own = content.provenance?.optimizer;
  const states =
    own === undefined
      ? statesOfTfjs(file, content, model, optimizer)
      : ownStates(file, content, weights, model, optimizer);
  return (tensorOf) => {
    for (const [parameter, { slots, steps }] of states) {
      const values = Object.entries(optimizer.slots).map(([slot, initial]) => {
        const spec = slots.get(slot);
        return [slot, spec === undefined ? tf.fill(parameter.shape, initial) : tensorOf(spec)] as const;
      });
      optimizer.loadState(parameter, Object.fromEntries(values), steps);
    }
  };
}

/** @throws ModelFileError */
function expectClass(file: ModelFile, optimizer: Optimizer, isSame: boolean, found: string): void {
  if (isSame) return;
  const { name } = optimizer.constructor;
  const mend = `Give load one of that class, or none to go on with a new ${name}.`;
  throw file.error(`its optimizer is ${quote(found)}, not the ${name} that was given`, { where: "optimizer", mend });
}

function ownStates(
  file: ModelFile,
  { provenance, specs }: ModelContent,
  weights: ReadonlyMap<tf.Variable, WeightSpec>,
  { parameters }: LoadedModel,
  optimizer: Optimizer,
): Map<tf.Variable, SavedState> {
  const { className = "", slots = {}, steps = [] } = provenance?.optimizer ?? {};
  expectClass(file, optimizer, className === optimizer.constructor.name, className);
  file.expect(steps.length === parameters.length, "the optimizer's steps", "one count for each parameter", steps);
  const byName = new Map(specs.filter(isSlot).map((spec) => [spec.name, spec]));
  return new Map(
    parameters.map((parameter, index) => {
      const found = Object.entries(slots).map(([slot, suffix]) => {
        const name = `${weights.get(parameter)?.name}/${suffix}`;
        const spec = byName.get(name);
        if (spec === undefined) throw file.error(`it has no weight ${quote(name)} for its optimizer`, { where: name });
        expectSameShape(file, spec, parameter);
        return [slot, spec] as const;
      });
      return [parameter, { slots: new Map(found), steps: steps[index] as number }];
    }),
  );
}

function isSlot({ isOptimizers, dtype }: WeightSpec): boolean {
  return isOptimizers && dtype === "float32";
}

/** By order: the names there are of tfjs's variables, which another model in the process may have had before. */
function statesOfTfjs(
  file: ModelFile,
  { trainingConfig, specs, weights: data }: ModelContent,
  { parameters }: LoadedModel,
  optimizer: Optimizer,
): Map<tf.Variable, SavedState> {
  const saved = entryOf(trainingConfig, "optimizer_config");
  const className = entryOf(saved, "class_name");
  const [count, ...slots] = specs.filter(({ isOptimizers }) => isOptimizers);
  if (typeof className !== "string" || count === undefined) {
    const mend = "Save it with model.save(target, { optimizer }), or load the model alone and start a new optimizer.";
    throw file.error("it holds no optimizer", { where: "optimizer", mend });
  }
  const config = entryOf(saved, "config");
  const names = ruleTranslation(optimizer.constructor.name)?.read(className, isObject(config) ? config : {});
  expectClass(file, optimizer, names !== undefined, className);
  const isCount = count.dtype === "int32" && count.shape.length === 0;
  file.expect(isCount, "the optimizer's first weight", "a count of steps, int32 without axes", count.name);
  const expected = (names ?? []).length * parameters.length;
  file.expect(
    slots.length === expected && slots.every(isSlot),
    `the weights of the optimizer ${quote(className)}`,
    `${expected} besides its count, as many for each parameter`,
    slots.length,
  );
  const [steps = 0] = new Int32Array(data.slice(count.start, count.end));
  file.expect(steps >= 0, "the optimizer's count of steps", "0 or more", steps);
  return new Map(
    parameters.map((parameter, index) => {
      const found = (names ?? []).map((name, place) => {
        const spec = slots[place * parameters.length + index] as WeightSpec;
        expectSameShape(file, spec, parameter);
        return [name, spec] as const;
      });
      return [parameter, { slots: new Map(found), steps }];
    }),
  );
}
