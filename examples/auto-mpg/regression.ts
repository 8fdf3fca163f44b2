import MLR from "ml-regression-multivariate-linear";
import { Sequential, type History } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import { mean } from "simple-statistics";
import type { Car } from "./cars.ts";
import { standardiserOf } from "./standardise.ts";

/** How far predictions are from the truth, in miles per gallon. */
export interface TestError {
  /** Root of the mean squared error. */
  readonly rmse: number;
  /** Mean absolute error. */
  readonly mae: number;
}

export function testError(predictions: readonly number[], cars: readonly Car[]): TestError {
  const errors = cars.map(({ milesPerGallon }, index) => (predictions[index] as number) - milesPerGallon);
  return { rmse: Math.sqrt(mean(errors.map((error) => error ** 2))), mae: mean(errors.map(Math.abs)) };
}

const inputsOf = (cars: readonly Car[]) => cars.map(({ inputs }) => [...inputs]);
const targetsOf = (cars: readonly Car[]) => cars.map(({ milesPerGallon }) => [milesPerGallon]);

/** Predicts the training cars' mean for every car. */
export function predictMean(training: readonly Car[], test: readonly Car[]): number[] {
  const average = mean(training.map(({ milesPerGallon }) => milesPerGallon));
  return test.map(() => average);
}

/** Predicts by linear least squares on the same inputs. */
export function predictLinear(training: readonly Car[], test: readonly Car[]): number[] {
  const standardiser = standardiserOf(inputsOf(training));
  // One origin is left out: it is 1 less the two others, and least squares wants independent columns.
  const independent = (cars: readonly Car[]) => standardiser.apply(inputsOf(cars)).map((row) => row.slice(0, -1));
  const fitted = new MLR(independent(training), targetsOf(training));
  return fitted.predict(independent(test)).map(([prediction]) => prediction as number);
}

export interface NetworkOptions {
  readonly seed: number;
  readonly epochs: number;
  readonly verbose: 0 | 1;
}

/** Trains a network of one sigmoid layer on the training cars, and predicts the test cars. */
export async function predictByNetwork(
  training: readonly Car[],
  test: readonly Car[],
  { seed, epochs, verbose }: NetworkOptions,
): Promise<{ predictions: number[]; history: History; summary: string }> {
  const inputs = standardiserOf(inputsOf(training));
  const targets = standardiserOf(targetsOf(training));
  using model = new Sequential([new Dense({ units: 16, activation: "sigmoid" }), new Dense({ units: 1 })], {
    inputShape: [training[0]?.inputs.length ?? 0],
    seed,
  });
  const history = await model.fit(inputs.apply(inputsOf(training)), targets.apply(targetsOf(training)), {
    loss: "meanSquaredError",
    optimizer: new SGD({ learningRate: 0.05, momentum: 0.9 }),
    batchSize: 32,
    epochs,
    verbose,
  });
  const output = model.predict(inputs.apply(inputsOf(test)));
  const predictions = targets.undo((await output.array()) as number[][]).map(([prediction]) => prediction as number);
  output.dispose();
  return { predictions, history, summary: model.summary() };
}
