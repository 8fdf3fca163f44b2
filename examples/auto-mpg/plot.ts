import { plot } from "simple-ascii-chart";
import type { Car } from "./cars.ts";

/** Prediction against truth, in characters: the nearer the points are to the dotted diagonal, the better. */
export function plotPredictions(predictions: readonly number[], cars: readonly Car[]): string {
  const points = cars.map(({ milesPerGallon }, index) => ({ x: milesPerGallon, y: predictions[index] as number }));
  const values = points.flatMap(({ x, y }) => [x, y]);
  const from = Math.floor(Math.min(...values) / 10) * 10;
  const to = Math.ceil(Math.max(...values) / 10) * 10;
  const diagonal = Array.from({ length: to - from + 1 }, (_, index): [number, number] => [from + index, from + index]);
  const ticks = Array.from({ length: (to - from) / 10 + 1 }, (_, index) => from + 10 * index);
  const chart = plot(diagonal, {
    width: 60,
    height: 20,
    points,
    symbols: { point: "●" },
    lineFormatter: ({ plotX, plotY }) => ({ x: plotX, y: plotY, symbol: "·" }),
    customXAxisTicks: ticks,
    customYAxisTicks: ticks,
    title: "predicted miles per gallon",
    xLabel: "true miles per gallon",
  });
  return chart.replace(/ +$/gm, "");
}
