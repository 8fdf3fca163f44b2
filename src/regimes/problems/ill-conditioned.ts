import { RandomStream } from "../../random.ts";
import type { RegimeProblem } from "../problem.ts";

const [trained, validated] = [256, 128];

/** Where the one feature lies, and how far to either side it goes. */
const [centre, half] = [3, 1];

const noise = 0.1;

/**
 * A straight line through points whose one feature lies far from 0, as a year or a temperature in kelvin does: y = x − 3 +
 * 0.1 ε with x in [2, 4). A step that moves the slope moves the line's height with it: the loss is a narrow valley, whose
 * curvatures are those of
 *
 *     H = 2 [E x², E x; E x, 1],   largest to smallest about 320 to 1
 *
 * for a mean squared error. Standardising would undo it, and so is left out: this is what it is for.
 */
export async function illConditioned(): Promise<RegimeProblem> {
  const random = new RandomStream(1, "ill-conditioned");
  const x = Array.from({ length: trained + validated }, () => [centre + half * (2 * random.uniform() - 1)]);
  const y = x.map(([value = NaN]) => [value - centre + noise * random.normal()]);
  return {
    name: "ill-conditioned",
    description: `A straight line over a feature far from 0, x in [${centre - half}, ${centre + half}), not standardised.`,
    x: x.slice(0, trained),
    y: y.slice(0, trained),
    validation: [x.slice(trained), y.slice(trained)],
    layers: [],
    learningRate: 0.02,
    epochs: 200,
    targetLoss: 0.02,
  };
}
