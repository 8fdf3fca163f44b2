import type { Texts } from "./en.ts";
import { backpropagation } from "./zh/backpropagation.ts";
import { descent } from "./zh/descent.ts";
import { fit } from "./zh/fit-a-curve.ts";
import { race } from "./zh/race.ts";
import { shell } from "./zh/shell.ts";

/** Everything that the lab shows, in Simplified Chinese. */
export const zh: Texts = { shell, descent, backpropagation, fit, race };
