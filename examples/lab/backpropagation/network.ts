/** Two numbers: of a layer's two neurons, or of what two neurons hand on to one. */
export type Pair = readonly [number, number];

/** A layer of two neurons that read two numbers each. */
export interface LayerNumbers {
  /** w_jk in row j, column k: from the kth number to the jth neuron. */
  readonly weights: readonly [Pair, Pair];
  readonly biases: Pair;
}

/** A 2-2-2 network, what goes in, and what should come out. */
export interface Network {
  readonly inputs: Pair;
  readonly targets: Pair;
  readonly hidden: LayerNumbers;
  readonly output: LayerNumbers;
}

/** What the equations give for one layer. */
export interface LayerPass {
  readonly z: Pair;
  readonly a: Pair;
  readonly delta: Pair;
  /** ∂C/∂b */
  readonly biasGradients: Pair;
  /** ∂C/∂w_jk in row j, column k. */
  readonly weightGradients: readonly [Pair, Pair];
}

/** One forward and one backward pass. */
export interface Passes {
  readonly hidden: LayerPass;
  readonly output: LayerPass;
  readonly cost: number;
}

const map = (pair: Pair, f: (value: number, index: 0 | 1) => number): Pair => [f(pair[0], 0), f(pair[1], 1)];
const dot = (a: Pair, b: Pair) => a[0] * b[0] + a[1] * b[1];
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

/** σ′(z) = a (1 − a) */
const slopeOf = (a: number) => a * (1 - a);

/**
 * The equations worked out on paper, so to speak: in plain arithmetic, to set beside what the library finds.
 *
 *     zˡ = wˡ aˡ⁻¹ + bˡ,  aˡ = σ(zˡ),  C = ½ Σ (y − aᴸ)²
 *     BP1  δᴸ = ∇ₐC ⊙ σ′(zᴸ)               BP2  δˡ = ((wˡ⁺¹)ᵀ δˡ⁺¹) ⊙ σ′(zˡ)
 *     BP3  ∂C/∂b = δ                       BP4  ∂C/∂w_jk = a_k δ_j
 *
 * Nielsen, Neural Networks and Deep Learning, ch. 2, http://neuralnetworksanddeeplearning.com/chap2.html
 */
export function passThrough({ inputs, targets, hidden, output }: Network): Passes {
  const zHidden = weightedInput(hidden, inputs);
  const aHidden = map(zHidden, sigmoid);
  const zOutput = weightedInput(output, aHidden);
  const aOutput = map(zOutput, sigmoid);
  const deltaOutput = map(aOutput, (a, j) => (a - targets[j]) * slopeOf(a));
  const deltaHidden = map(aHidden, (a, k) => {
    const handedBack = output.weights[0][k] * deltaOutput[0] + output.weights[1][k] * deltaOutput[1];
    return handedBack * slopeOf(a);
  });
  return {
    hidden: layerPass(zHidden, aHidden, deltaHidden, inputs),
    output: layerPass(zOutput, aOutput, deltaOutput, aHidden),
    cost: 0.5 * ((targets[0] - aOutput[0]) ** 2 + (targets[1] - aOutput[1]) ** 2),
  };
}

function weightedInput({ weights, biases }: LayerNumbers, from: Pair): Pair {
  return map(biases, (bias, j) => dot(weights[j], from) + bias);
}

/** BP3 and BP4. @param from what the layer reads */
function layerPass(z: Pair, a: Pair, delta: Pair, from: Pair): LayerPass {
  const gradientsOf = (j: 0 | 1) => map(from, (value) => value * delta[j]);
  return { z, a, delta, biasGradients: delta, weightGradients: [gradientsOf(0), gradientsOf(1)] };
}
