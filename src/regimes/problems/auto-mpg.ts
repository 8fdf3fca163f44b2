import { RandomStream } from "../../random.ts";
import type { RegimeProblem } from "../problem.ts";
import { standardise } from "./standardise.ts";

/** How many of the cars are to train on. */
const share = 0.8;

/** The places where cars came from, each an input of its own. */
const origins = [0, 1, 2];

/**
 * Miles per gallon of 392 cars of 1970 to 1982, from cylinders, displacement, horsepower, weight, acceleration, year and
 * origin; inputs and targets standardised. Quinlan, 1993, https://archive.ics.uci.edu/dataset/9/auto+mpg
 */
export async function autoMpg(): Promise<RegimeProblem> {
  // Read only where it is wanted: a page fetches it then.
  const { cars } = await import("#cars");
  const order = new RandomStream(1, "auto-mpg").permutation(cars.length);
  const shuffled = Array.from(order, (index) => cars[index] ?? []);
  const count = Math.floor(share * cars.length);
  const x = shuffled.map(([, origin, ...measures]) => [
    ...measures,
    ...origins.map((each) => (each === origin ? 1 : 0)),
  ]);
  const y = shuffled.map(([milesPerGallon = NaN]) => [milesPerGallon]);
  const inputs = standardise(x.slice(0, count), x.slice(count));
  const targets = standardise(y.slice(0, count), y.slice(count));
  return {
    name: "auto-mpg",
    description: "Miles per gallon of 392 cars of 1970 to 1982, standardised.",
    x: inputs.training,
    y: targets.training,
    validation: [inputs.validation, targets.validation],
    layers: [16],
    activation: "tanh",
    learningRate: 0.01,
    epochs: 30,
    targetLoss: 0.15,
  };
}
