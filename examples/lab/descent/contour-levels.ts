/** How many contours are drawn. */
const count = 14;

/**
 * Values to draw contours at: so that as much of the plane lies below the kth as below the kth of k² equal parts. The
 * contours of a bowl are then equally far apart, and a pole takes none of them away.
 */
export function contourLevels(values: Float32Array): number[] {
  const sorted = values.filter(Number.isFinite).toSorted();
  const levels = Array.from({ length: count }, (_, index) => {
    const part = ((index + 1) / (count + 1)) ** 2;
    return sorted[Math.floor(part * sorted.length)] ?? NaN;
  });
  return [...new Set(levels.filter(Number.isFinite))];
}
