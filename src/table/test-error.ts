/** How far predicted numbers are from the true ones, in the target's units. */
export interface RegressionError {
  readonly rootMeanSquare: number;
  readonly meanAbsolute: number;
  /** R² = 1 − Σ (y − a)² / Σ (y − ȳ)²: 1 where all is right, 0 where the mean of these rows is as good. NaN if all are equal. */
  readonly rSquared: number;
}

export function regressionError(targets: ArrayLike<number>, predictions: ArrayLike<number>): RegressionError {
  const count = targets.length;
  const sumOf = (part: (target: number, prediction: number) => number) => {
    let sum = 0;
    for (let index = 0; index < count; index++) sum += part(targets[index] as number, predictions[index] as number);
    return sum;
  };
  const mean = sumOf((target) => target / count);
  const squares = sumOf((target, prediction) => (prediction - target) ** 2);
  const spread = sumOf((target) => (target - mean) ** 2);
  return {
    rootMeanSquare: Math.sqrt(squares / count),
    meanAbsolute: sumOf((target, prediction) => Math.abs(prediction - target)) / count,
    rSquared: spread === 0 ? NaN : 1 - squares / spread,
  };
}

/** How often and how surely predicted classes are right. */
export interface ClassificationError {
  /** The fraction of rows whose class gets the largest score. */
  readonly accuracy: number;
  /** The mean of −log p(true class), in nats. Undefined where the scores are no probabilities. */
  readonly crossEntropy: number | undefined;
}

/**
 * @param labels each row's class, as an index
 * @param scores of each row and class [rows, classes], row-major: the first of the largest is what is predicted
 */
export function accuracyOf(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  const classes = scores.length / labels.length;
  let right = 0;
  for (let row = 0; row < labels.length; row++) {
    let best = 0;
    for (let label = 1; label < classes; label++) {
      if ((scores[row * classes + label] as number) > (scores[row * classes + best] as number)) best = label;
    }
    if (best === labels[row]) right++;
  }
  return right / labels.length;
}

/**
 * The mean over the rows of the cross-entropy from logits z [rows, classes], row-major:
 *
 *     −log softmax(z)_true = log Σ e^{z − max z} − (z_true − max z)
 */
export function crossEntropyOf(labels: ArrayLike<number>, logits: Float64Array): number {
  const classes = logits.length / labels.length;
  let sum = 0;
  for (let row = 0; row < labels.length; row++) {
    const scores = logits.subarray(row * classes, (row + 1) * classes);
    const largest = scores.reduce((most, score) => Math.max(most, score), -Infinity);
    const total = scores.reduce((partial, score) => partial + Math.exp(score - largest), 0);
    sum += Math.log(total) + largest - (scores[labels[row] as number] as number);
  }
  return sum / labels.length;
}
