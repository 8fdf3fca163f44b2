import { RandomStream } from "../../random.ts";
import type { RegimeProblem } from "../problem.ts";
import { standardise } from "./standardise.ts";

const [trained, validated] = [256, 128];

/** The noise's standard deviation, where the sine's is 0.7. */
const noise = 0.1;

/**
 * A noisy sine, y = sin(3 x) + 0.1 ε with ε from N(0, 1), over x in [−1, 1): smooth, and yet no straight line will do. x and
 * y are standardised, so that the noise leaves a loss of about 0.02.
 */
export async function sine(): Promise<RegimeProblem> {
  const random = new RandomStream(1, "sine");
  const x = Array.from({ length: trained + validated }, () => [2 * random.uniform() - 1]);
  const y = x.map(([value = NaN]) => [Math.sin(3 * value) + noise * random.normal()]);
  const inputs = standardise(x.slice(0, trained), x.slice(trained));
  const targets = standardise(y.slice(0, trained), y.slice(trained));
  return {
    name: "sine",
    description: `A noisy sine: y = sin(3 x) + ${noise} ε, standardised.`,
    x: inputs.training,
    y: targets.training,
    validation: [inputs.validation, targets.validation],
    layers: [16],
    activation: "tanh",
    learningRate: 0.03,
    epochs: 30,
    targetLoss: 0.1,
  };
}
