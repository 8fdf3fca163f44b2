/** A tick of an axis, and how it is written. */
export interface Tick {
  readonly at: number;
  readonly text: string;
}

/** Between these steps ticks are written with decimals, otherwise with a power of ten. */
const plainSteps = { least: 1e-4, most: 1e4 } as const;

/**
 * Ticks of an axis from −most to most: multiples of 1, 2 or 5 times a power of ten, some four intervals of them, as d3 has
 * them.
 */
export function symmetricTicks(most: number): Tick[] {
  const wanted = most / 2;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const ratio = wanted / power;
  const step = power * (ratio >= Math.sqrt(50) ? 10 : ratio >= Math.sqrt(10) ? 5 : ratio >= Math.SQRT2 ? 2 : 1);
  const half = Math.floor(most / step);
  const decimals = Math.max(0, -Math.floor(Math.log10(step * (1 + 1e-9))));
  return Array.from({ length: 2 * half + 1 }, (_, index) => {
    const at = (index - half) * step;
    const isPlain = (step >= plainSteps.least && step <= plainSteps.most) || at === 0;
    const text = isPlain ? at.toFixed(step < plainSteps.least ? 0 : decimals) : at.toExponential(0);
    return { at, text: text.replaceAll("-", "−").replace("e+", "e") };
  });
}
