import { RandomStream, Sequential } from "rivulet";
import { Dense } from "rivulet/layers";

/** Ten samples of two features, and a target that no plane fits exactly. */
export const x = Array.from({ length: 10 }, (_, index) => [index / 5 - 1, ((index * 7) % 10) / 5 - 1]);
export const y = x.map(([a = NaN, b = NaN], index) => [0.5 * a - 0.3 * b + 0.1 + (index % 3) * 0.05]);

/** The weights that a linear model of two features starts from, as the library draws them. */
async function firstWeights(seed: number): Promise<number[]> {
  using model = new Sequential([new Dense({ units: 1 })], { inputShape: [2], seed });
  const values = await Promise.all(model.parameters.map(async (parameter) => [...(await parameter.data())]));
  return values.flat();
}

/** What a descent is to do. */
export interface Descent {
  readonly seed: number;
  readonly batchSize: number;
  readonly momentum: number;
  readonly learningRate: number;
  readonly epochs: number;
}

/**
 * The same descent written out in float64, without tensors: after every step the loss on all samples. The order of each epoch
 * comes from the seed and the epoch alone.
 */
export async function descendByHand({ seed, batchSize, momentum, learningRate, epochs }: Descent): Promise<number[]> {
  const weights = await firstWeights(seed);
  const velocity = weights.map(() => 0);
  const residual = (index: number) => {
    const [a = NaN, b = NaN] = x[index] ?? [];
    return (weights[0] ?? NaN) * a + (weights[1] ?? NaN) * b + (weights[2] ?? NaN) - (y[index]?.[0] ?? NaN);
  };
  const lossOnAll = () => x.reduce((sum, _, index) => sum + residual(index) ** 2, 0) / x.length;
  const losses = [lossOnAll()];
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = [...new RandomStream(seed, "shuffle", epoch).permutation(x.length)];
    for (let start = 0; start < x.length; start += batchSize) {
      const batch = order.slice(start, start + batchSize);
      const gradient = weights.map((_, weight) => {
        const slopes = batch.map((index) => 2 * residual(index) * ([...(x[index] ?? []), 1][weight] ?? NaN));
        return slopes.reduce((sum, slope) => sum + slope, 0) / batch.length;
      });
      for (const [weight, slope] of gradient.entries()) {
        velocity[weight] = momentum * (velocity[weight] ?? NaN) + slope;
        weights[weight] = (weights[weight] ?? NaN) - learningRate * (velocity[weight] ?? NaN);
      }
      losses.push(lossOnAll());
    }
  }
  return losses;
}
