import { backpropagation } from "./en/backpropagation.ts";
import { descent } from "./en/descent.ts";
import { fit } from "./en/fit-a-curve.ts";
import { race } from "./en/race.ts";
import { shell } from "./en/shell.ts";

/** Everything that the lab shows, in English, a part for each page. Other languages are of its type. */
export const en = { shell, descent, backpropagation, fit, race };

export type Texts = typeof en;
