import type { Curve } from "rivulet";
import type { Extent } from "./course.ts";

/** How much higher than the start a loss may stand and still be seen: what runs away would press the rest together. */
const headroom = { linear: 1.1, logarithmic: 5 };

/** The losses that are drawn: from 0, or on a logarithmic axis the lowest, to somewhat above the highest start. */
export function lossRange(curves: readonly Curve[], isLogarithmic: boolean): Extent {
  const losses = curves.flatMap(({ trainingLoss }) => trainingLoss.filter((loss) => loss !== null && loss > 0));
  const starts = curves.flatMap(({ trainingLoss: [first] }) => (first == null ? [] : [first]));
  const [lowest, highest] = [Math.min(...losses.map(Number)), Math.max(...losses.map(Number))];
  if (!(lowest <= highest)) return { least: isLogarithmic ? 0.01 : 0, most: 1 };
  const start = Math.max(0, ...starts);
  if (!isLogarithmic) return { least: 0, most: headroom.linear * (start || highest) };
  const most = Math.min(1.2 * highest, headroom.logarithmic * (start || highest));
  return { least: 0.8 * lowest, most: Math.max(most, lowest) };
}
