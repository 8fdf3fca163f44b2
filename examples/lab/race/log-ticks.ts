import type { Extent } from "./course.ts";

/** Over more powers of ten than these they alone are named. */
const mostDetailed = 2;

/** Where a logarithmic axis has its lines: at powers of ten, and where there are few of them also at 2 and 5 times those. */
export function logTicks({ least, most }: Extent): number[] {
  const [first, last] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most))];
  const factors = Math.log10(most / least) > mostDetailed ? [1] : [1, 2, 5];
  const powers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  // From its digits, as 10 ** -3 is not quite 0.001.
  const ticks = powers.flatMap((power) => factors.map((factor) => Number(`${factor}e${power}`)));
  return ticks.filter((tick) => tick >= least && tick <= most);
}
