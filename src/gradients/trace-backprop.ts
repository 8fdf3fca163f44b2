import * as tf from "@tensorflow/tfjs-core";
import { toTensor, type Data } from "../data.ts";
import { valueAndGradients } from "../differentiate.ts";
import { isWeighted, variableName, type Layer } from "../layer.ts";
import { resolveLoss, type LossLike } from "../losses.ts";
import { expectTarget } from "../losses/expect-target.ts";
import { expectAlive } from "../model.ts";
import type { NestedNumbers } from "../nested-numbers.ts";
import type { Sequential } from "../sequential.ts";
import { expectNoTidy } from "../tidy.ts";
import { expectPairs } from "../training-data.ts";

/** The numbers of one layer in one forward and one backward pass. */
export interface LayerTrace {
  /** `"dense_1"` */
  readonly name: string;
  /** z = x W + b, [batch, units]. The output itself in a layer that has no weighted input. */
  readonly weightedInput: NestedNumbers;
  /** a = σ(z), [batch, units] */
  readonly activation: NestedNumbers;
  /** δ = ∂C/∂z, [batch, units] */
  readonly delta: NestedNumbers;
  /** ∂C/∂b, ∂C/∂W, … by the parameter's name in the layer, `gradients.bias` and `gradients.kernel`, of its shape. */
  readonly gradients: Readonly<Record<string, NestedNumbers>>;
}

export interface BackpropTrace {
  /** C */
  readonly loss: number;
  /** From the first layer to the last. */
  readonly layers: readonly LayerTrace[];
}

/**
 * One forward and one backward pass with every number on the way, by automatic differentiation:
 *
 *     zˡ = aˡ⁻¹ Wˡ + bˡ,   aˡ = σ(zˡ),   δˡ = ∂C/∂zˡ,   ∂C/∂bˡ,   ∂C/∂Wˡ
 *
 * the quantities of the four equations of back-propagation (Nielsen, Neural Networks and Deep Learning, ch. 2).
 * x [batch, …input], y as the loss wants it. Changes nothing.
 *
 * @throws ShapeError, DataError, UnknownNameError, UnconnectedParameterError, DisposedError
 */
export async function traceBackprop(model: Sequential, x: Data, y: Data, loss: LossLike): Promise<BackpropTrace> {
  expectAlive(model);
  expectNoTidy("traceBackprop");
  const resolved = resolveLoss(loss);
  const probes: tf.Variable[] = [];
  try {
    const traced = tf.tidy(() => {
      const inputs = toTensor("x", x);
      const targets = toTensor("y", y);
      expectPairs("traceBackprop", "x", inputs, "y", targets);
      // δ is the gradient of a zero that is added to z: one variable a layer, of z's shape.
      const shapes = forwardWith(model.layers, inputs).map(({ z }) => z.shape);
      for (const shape of shapes) probes.push(tf.variable(tf.zeros(shape)));
      const passed: { z: tf.Tensor; a: tf.Tensor }[] = [];
      const cost = () => {
        const stages = forwardWith(model.layers, inputs, probes);
        passed.push(...stages.map(({ z, a }) => ({ z: tf.keep(tf.clone(z)), a: tf.keep(tf.clone(a)) })));
        const prediction = stages.at(-1)?.a ?? inputs;
        expectTarget("traceBackprop", resolved, targets.shape, prediction.shape);
        return resolved(targets, prediction);
      };
      try {
        const variables = [...model.parameters, ...probes];
        const nameOf = (variable: tf.Variable) => {
          const probed = model.layerNames[probes.indexOf(variable)];
          return probed === undefined ? model.nameOf(variable) : `${probed}'s weighted input`;
        };
        const { value, gradients } = valueAndGradients(cost, variables, nameOf);
        return [value, ...gradients, ...passed.flatMap(({ z, a }) => [tf.clone(z), tf.clone(a)])];
      } finally {
        tf.dispose(passed.flatMap(({ z, a }) => [z, a]));
      }
    });
    return arrange(model, await readAll(traced));
  } finally {
    tf.dispose(probes);
  }
}

/** The forward pass, layer by layer, each z with its probe added. */
function forwardWith(layers: readonly Layer[], inputs: tf.Tensor, probes: readonly tf.Tensor[] = []) {
  let activation = inputs;
  return layers.map((layer, index) => {
    const probe = probes[index];
    const weighted = isWeighted(layer) ? layer.weightedInput(activation) : layer.forward(activation);
    const z = probe === undefined ? weighted : tf.add(weighted, probe);
    activation = isWeighted(layer) ? layer.activate(z) : z;
    return { z, a: activation };
  });
}

async function readAll(tensors: readonly tf.Tensor[]): Promise<NestedNumbers[]> {
  try {
    return await Promise.all(tensors.map((tensor) => tensor.array()));
  } finally {
    tf.dispose([...tensors]);
  }
}

/** Sorts the loss, the parameters' gradients, the probes' gradients, then each layer's z and a, under their names. */
function arrange(model: Sequential, numbers: readonly NestedNumbers[]): BackpropTrace {
  const rest = numbers.slice(1);
  const gradients = new Map(model.parameters.map((parameter) => [parameter, rest.shift() as NestedNumbers]));
  const deltas = model.layers.map(() => rest.shift() as NestedNumbers);
  const layers = model.layers.map((layer, index) => ({
    name: model.layerNames[index] as string,
    weightedInput: rest.shift() as NestedNumbers,
    activation: rest.shift() as NestedNumbers,
    delta: deltas[index] as NestedNumbers,
    gradients: Object.fromEntries(
      layer.parameters.map((parameter) => [variableName(layer, parameter), gradients.get(parameter) as NestedNumbers]),
    ),
  }));
  return { loss: numbers[0] as number, layers };
}
