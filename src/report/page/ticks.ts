import { formatNumber } from "../numbers.ts";

/** What an axis reaches from and to, and how. */
export interface AxisScale {
  readonly type: "linear" | "log";
  readonly domain: readonly [number, number];
}

/**
 * Where an axis has its ticks. A log axis has them at powers of ten, of which some are left out where there are many; at 1,
 * 2 and 5 times them where there are few; and where even those are fewer than two, at equal distances.
 *
 * @param count about so many, on axes with equal distances
 */
export function ticksOf({ type, domain }: AxisScale, count: number): readonly number[] {
  const ticks = type === "log" ? logTicks(domain, count) : [];
  return ticks.length < 2 ? evenTicks(domain, count) : ticks;
}

/** What stands at the ticks: as many digits as tell them apart. */
export function tickLabels(ticks: readonly number[]): (tick: number) => string {
  const digits = [3, 4, 5, 6, 8, 10, 12].find((some) => {
    return new Set(ticks.map((tick) => formatNumber(tick, some))).size === ticks.length;
  });
  return (tick) => formatNumber(tick, digits);
}

function logTicks([least, largest]: readonly [number, number], count: number): readonly number[] {
  const [first, last] = [Math.ceil(Math.log10(least) - 1e-9), Math.floor(Math.log10(largest) + 1e-9)];
  const exponents = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  if (exponents.length > 2) {
    const every = Math.ceil(exponents.length / Math.max(2, count));
    return exponents.filter((exponent) => exponent % every === 0).map((exponent) => Number(`1e${exponent}`));
  }
  return [first - 1, ...exponents]
    .flatMap((exponent) => [1, 2, 5].map((digit) => Number(`${digit}e${exponent}`)))
    .filter((tick) => tick >= least && tick <= largest);
}

function evenTicks([least, largest]: readonly [number, number], count: number): readonly number[] {
  const rough = (largest - least) / Math.max(1, count);
  const exponent = Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((digit) => digit * 10 ** exponent >= rough) ?? 10) * 10 ** exponent;
  const [first, last] = [Math.ceil(least / step - 1e-9), Math.floor(largest / step + 1e-9)];
  // Through the decimal digits: 3 · 0.1 is not 0.3.
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    return Number(((first + index) * step).toPrecision(12));
  });
}
