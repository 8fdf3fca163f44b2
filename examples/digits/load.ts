import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { z } from "zod";
import { cutDigits, type Digit } from "./digits.ts";

const isPixels = (values: unknown) =>
  Array.isArray(values) && values.every((value) => typeof value === "number" && value >= 0 && value <= 1);

/** The file of one label, as mnist 1 has it. Its list is one value here: number by number zod takes as long as all else. */
const PixelFile = z.object({ data: z.custom<number[]>(isPixels, "expects numbers from 0 to 1") });

/**
 * The first 10,000 digits of MNIST's training set, label by label. LeCun and Cortes share MNIST under CC BY-SA 3.0.
 * LeCun et al., 1998, http://yann.lecun.com/exdb/mnist/
 */
export function loadDigits(): Digit[] {
  const { resolve } = createRequire(import.meta.url);
  return Array.from({ length: 10 }, (_, label) => {
    const text = readFileSync(resolve(`mnist/src/digits/${label}.json`), "utf8");
    return cutDigits(label, PixelFile.parse(JSON.parse(text)).data);
  }).flat();
}
