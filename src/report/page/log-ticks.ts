/** Ticks on a log axis before it gets crowded. */
const most = 7;

/**
 * Where a log axis has its ticks: at powers of ten, of which some are left out where there are many; at 1, 2 and 5 times
 * them where there are few. Undefined where even those are fewer than two, so that ticks at even distances serve better.
 */
export function logTicks([least, largest]: readonly [number, number]): number[] | undefined {
  const [first, last] = [Math.ceil(Math.log10(least) - 1e-9), Math.floor(Math.log10(largest) + 1e-9)];
  const exponents = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  if (exponents.length > 2) {
    const every = Math.ceil(exponents.length / most);
    return exponents.filter((exponent) => exponent % every === 0).map((exponent) => Number(`1e${exponent}`));
  }
  const between = [first - 1, ...exponents].flatMap((exponent) =>
    [1, 2, 5].map((digit) => Number(`${digit}e${exponent}`)),
  );
  const inside = between.filter((tick) => tick >= least && tick <= largest);
  return inside.length < 2 ? undefined : inside;
}
