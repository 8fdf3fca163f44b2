import { RandomStream } from "../../random.ts";
import type { RegimeProblem } from "../problem.ts";
import { standardise } from "./standardise.ts";

const [trained, validated] = [256, 128];

/** How often each spiral goes round. */
const turns = 1;

const noise = 0.05;

/**
 * Two spirals, one inside the other, to be told apart by the place in the plane: of point i the class is i mod 2, and
 *
 *     r from U(0.1, 1),   φ = 2π · turns · r + π · class,   x = r (cos φ, sin φ) + 0.05 ε
 *
 * After Lang and Witbrock's task, 1988, Learning to tell two spirals apart.
 */
export async function spirals(): Promise<RegimeProblem> {
  const random = new RandomStream(1, "spirals");
  const labels = Array.from({ length: trained + validated }, (_, index) => index % 2);
  const x = labels.map((label) => {
    const radius = 0.1 + 0.9 * random.uniform();
    const angle = 2 * Math.PI * turns * radius + Math.PI * label;
    return [radius * Math.cos(angle) + noise * random.normal(), radius * Math.sin(angle) + noise * random.normal()];
  });
  const y = labels.map((label) => [label]);
  const inputs = standardise(x.slice(0, trained), x.slice(trained));
  return {
    name: "spirals",
    description: "Two spirals in the plane, to be told apart.",
    x: inputs.training,
    y: y.slice(0, trained),
    validation: [inputs.validation, y.slice(trained)],
    layers: [16, 16],
    activation: "tanh",
    loss: "binaryCrossentropyFromLogits",
    learningRate: 0.05,
    epochs: 100,
    targetLoss: 0.3,
  };
}
