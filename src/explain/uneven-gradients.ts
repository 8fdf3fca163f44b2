import { sizeOf } from "../shape.ts";
import type { UnevenGradients } from "./finding.ts";
import type { Look } from "./look.ts";
import { norm } from "./parameter-vector.ts";
import { placesOf, type Place } from "./places.ts";
import { roughly } from "./roughly.ts";

/** How far a kernel's gradient may be from another's, or beyond the kernel itself, as a factor. */
const largestRatio = 1e4;

const tryInstead = "a normalisation between the layers, or fewer layers";

/** Whether the gradients all but vanish on their way from the last kernel back to the first. */
export async function vanishingGradients(look: Look): Promise<UnevenGradients[]> {
  for (const place of await placesOf(look)) {
    const kernels = kernelsAt(look, place);
    const [first, last] = [kernels[0], kernels.at(-1)];
    // Where a run stands still, the last gradients are small as well: then the start tells.
    if (!first || !last || !(first.gradientNorm * largestRatio < last.gradientNorm)) continue;
    const message =
      `The gradients vanish: on their way back ${norms(last, first)}, with the weights ${place.which}. ` +
      `Try relus with the initializer heNormal, ${tryInstead}.`;
    return [{ kind: "vanishingGradients", message, kernels }];
  }
  return [];
}

/** Whether the gradients grow beyond measure on their way back, or are out of all proportion to the kernels. */
export async function explodingGradients(look: Look): Promise<UnevenGradients[]> {
  const [start] = await placesOf(look);
  const kernels = kernelsAt(look, start);
  const [first, last] = [kernels[0], kernels.at(-1)];
  // With a single kernel, it is the data that make the gradient large.
  if (!first || !last || first === last) return [];
  const large = kernels.find(({ gradientNorm, norm: own }) => gradientNorm > largestRatio * Math.max(1, own));
  const grows = last.gradientNorm > 0 && first.gradientNorm > largestRatio * last.gradientNorm;
  if (!grows && large === undefined) return [];
  const seen =
    large === undefined || grows
      ? `on their way back ${norms(last, first)}`
      : `${normOf(large)}, that of the kernel itself ${roughly(large.norm)}`;
  const message =
    `The gradients explode: ${seen}, with the weights ${start.which}. ` +
    `Try smaller first weights, clipped gradients, ${tryInstead}.`;
  return [{ kind: "explodingGradients", message, kernels }];
}

type Kernel = UnevenGradients["kernels"][number];

function normOf({ name, gradientNorm }: Kernel): string {
  return `the norm of ${name}'s is ${roughly(gradientNorm)}`;
}

function norms(last: Kernel, first: Kernel): string {
  return `${normOf(last)}, that of ${first.name}'s ${roughly(first.gradientNorm)}`;
}

/** Every kernel, a parameter of two axes or more; none if a gradient is not finite. */
function kernelsAt({ model }: Look, { weights, gradient }: Place): Kernel[] {
  let start = 0;
  const kernels = model.parameters.flatMap((parameter) => {
    const range = [start, (start += sizeOf(parameter.shape))] as const;
    if (parameter.rank < 2) return [];
    const gradientNorm = norm(gradient.subarray(...range));
    return [{ name: model.nameOf(parameter), gradientNorm, norm: norm(weights.subarray(...range)) }];
  });
  return kernels.every(({ gradientNorm }) => Number.isFinite(gradientNorm)) ? kernels : [];
}
