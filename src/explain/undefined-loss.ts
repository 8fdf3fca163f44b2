import type { UndefinedLoss } from "./finding.ts";
import { countSamples, type Look } from "./look.ts";
import { placesOf } from "./places.ts";

/** Whether the loss is no number wherever one looks, so that it is not the steps that led there. */
export async function undefinedLoss(look: Look): Promise<UndefinedLoss[]> {
  const places = await placesOf(look);
  if (places.some(({ loss }) => Number.isFinite(loss))) return [];
  const [{ loss, which }] = places;
  const name = String(loss) as UndefinedLoss["loss"];
  const advice =
    name === "NaN"
      ? "for the logarithm or the root of a negative number, and for 0 / 0."
      : "for the logarithm of 0, for divisions by 0, and for numbers beyond float32's 3.4e38.";
  const message =
    `The loss is ${name} with the weights ${which}, on ${countSamples(look)}: no learning rate mends that. ` +
    `Look in the loss and in the layers ${advice}`;
  return [{ kind: "undefinedLoss", message, loss: name }];
}
