import type { LossSlice } from "../../regimes/comparison.ts";

/** Contours in a picture, about. */
const count = 14;

/** The heights of a slice as its contours are drawn. */
export interface Heights {
  /** Row by row, NaN where the loss is not finite: log₁₀ of the loss, or the loss where one is not above 0. */
  readonly values: readonly number[];
  readonly thresholds: readonly number[];
  readonly isLog: boolean;
  /** The losses between which there are contours. */
  readonly least: number;
  readonly largest: number;
}

/** Heights at equal distances, of the logarithm where all losses are above 0; null where nothing is finite. */
export function heightsOf({ losses }: LossSlice): Heights | null {
  const flat = losses.flat();
  const finite = flat.filter((loss) => loss !== null);
  if (finite.length === 0) return null;
  const [least, largest] = [Math.min(...finite), Math.max(...finite)];
  const isLog = least > 0;
  const heightAt = (loss: number) => (isLog ? Math.log10(loss) : loss);
  const [low, high] = [heightAt(least), heightAt(largest)];
  return {
    values: flat.map((loss) => (loss === null ? NaN : heightAt(loss))),
    thresholds: Array.from({ length: count }, (_, index) => low + (index * (high - low)) / count),
    isLog,
    least,
    largest,
  };
}

/** What a reader can tell from the contours, in a sentence. */
export function contoursInWords({ isLog, least, largest }: Heights, format: (loss: number) => string): string {
  const range = `The further a shade from the page's, the higher the loss, from ${format(least)} to ${format(largest)}`;
  if (least === largest) return `The loss is ${format(least)} all over the plane.`;
  const step = isLog ? (largest / least) ** (1 / count) : (largest - least) / count;
  return `${range}; from one contour to the next it ${isLog ? `grows ${format(step)} times` : `grows by ${format(step)}`}.`;
}
