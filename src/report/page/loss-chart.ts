import * as Plot from "@observablehq/plot";
import { formatNumber } from "../numbers.ts";
import { axisX, axisY, gridY } from "./axes.ts";
import type { Choice } from "./choice.ts";
import { moveApart } from "./end-labels.ts";
import { lossScale, type LossScale } from "./loss-scale.ts";
import type { Axis, CurvePoint } from "./median-curve.ts";
import type { Series } from "./series.ts";

/** What a chart of losses shows. */
export interface LossChart {
  readonly axis: Axis;
  readonly choice: Choice;
  /** The loss that is marked; null where none is. */
  readonly target: number | null;
  readonly width: number;
}

const margins = { marginTop: 14, marginRight: 30, marginBottom: 40, marginLeft: 52 };

/** Losses against what they cost: a line of medians for each regime, its number at its end, the quartiles as a band. */
export function lossChart(series: readonly Series[], chart: LossChart): SVGSVGElement | HTMLElement {
  const { axis, choice, target, width } = chart;
  const scale = lossScale(series, chart);
  const height = Math.round(Math.min(440, Math.max(260, 0.5 * width)));
  const [x, y] = scalesOf(scale, axis, width, height);
  const drawn = series.map((each) => ({ ...each, points: each.points.filter((point) => scale.has(point)) }));
  return Plot.plot({
    ...margins,
    width,
    height,
    className: "chart",
    ariaLabel: `${choice.loss === "trainingLoss" ? "Training" : "Validation"} loss against ${axis}`,
    x: { ...x, domain: [...x.domain], axis: null },
    y: { ...y, domain: [...y.domain], axis: null },
    marks: [
      gridY({ ...y, label: "loss", length: height }),
      axisY({ ...y, label: "loss", length: height }),
      axisX({ ...x, label: axis, length: width }),
      target === null || choice.loss === "validationLoss" ? null : targetMarks(target),
      drawn.map((each) => bandOf(each, axis)),
      drawn.map((each) => lineOf(each, axis)),
      drawn.map((each) => symbolsOf(each, axis)),
      drawn.map((each) => (each.isBroken ? breakOf(each, axis, scale) : null)),
      endLabels(drawn, axis, { x: Plot.scale({ x }), y: Plot.scale({ y }) }),
      tipsOf(drawn, axis),
    ],
  });
}

function scalesOf({ x, y, isLogX, isLogY }: LossScale, axis: Axis, width: number, height: number) {
  const { marginTop, marginRight, marginBottom, marginLeft } = margins;
  return [
    { type: isLogX ? "log" : "linear", domain: x, range: [marginLeft, width - marginRight] },
    { type: isLogY ? "log" : "linear", domain: y, range: [height - marginBottom, marginTop] },
  ] as const;
}

function targetMarks(target: number): Plot.Markish {
  return [
    Plot.ruleY([target], { stroke: "currentColor", strokeOpacity: 0.6, strokeDasharray: "1 3", clip: true }),
    Plot.text([target], {
      y: target,
      text: () => "target",
      frameAnchor: "left",
      dx: 4,
      dy: -6,
      fontStyle: "italic",
      textAnchor: "start",
      clip: true,
    }),
  ];
}

function bandOf({ points, appearance, index }: Series, axis: Axis): Plot.Markish {
  const band = { x: axis, y1: "lower", y2: "upper", fill: appearance.color, fillOpacity: 0.16, clip: true };
  return Plot.areaY(points, { ...band, ariaLabel: () => `band ${index + 1}` });
}

function lineOf({ points, appearance, index }: Series, axis: Axis): Plot.Markish {
  return Plot.lineY(points, {
    x: axis,
    y: "median",
    stroke: appearance.color,
    strokeWidth: 1.75,
    strokeDasharray: appearance.dash,
    clip: true,
    ariaLabel: () => `line ${index + 1}`,
  });
}

/** Marks on a line, a few, each regime's at other places. */
function symbolsOf({ points, appearance, index }: Series, axis: Axis): Plot.Markish {
  const every = Math.max(1, Math.floor(points.length / 6));
  const some = points.filter((_, place) => (place + 2 * index) % every === 0);
  return Plot.dot(some, { x: axis, y: "median", symbol: appearance.symbol, fill: appearance.color, r: 3, clip: true });
}

/** At the edge of the picture where the last point lies outside. */
function breakOf({ points, appearance }: Series, axis: Axis, { y: [, top] }: LossScale): Plot.Markish {
  const mark = { symbol: "times", stroke: appearance.color, strokeWidth: 2.5, r: 6 } as const;
  return Plot.dot(points.slice(-1), { ...mark, x: axis, y: ({ median }: CurvePoint) => Math.min(median, top) });
}

function endLabels(series: readonly Series[], axis: Axis, { x, y }: { x: Plot.Scale; y: Plot.Scale }): Plot.Markish {
  const [bottom, top] = y.range as [number, number];
  const ends = series.flatMap(({ points, index }) => {
    const last = points.at(-1);
    if (last === undefined) return [];
    return { index, x: Number(x.apply(last[axis])), y: Math.max(top, Math.min(bottom, Number(y.apply(last.median)))) };
  });
  const labels = moveApart(ends, bottom - 4).map((label) => ({
    x: Number(x.invert?.(label.x)),
    y: Number(y.invert?.(label.y)),
    text: String(label.index + 1),
    color: series.find(({ index }) => index === label.index)?.appearance.color ?? "currentColor",
  }));
  return labels.map((label) =>
    Plot.text([label], {
      x: "x",
      y: "y",
      text: "text",
      dx: 8,
      textAnchor: "start",
      fontWeight: 700,
      fill: label.color,
    }),
  );
}

function tipsOf(series: readonly Series[], axis: Axis): Plot.Markish {
  const points = series.flatMap(({ points: all, name }) =>
    all.map((point) => ({ ...point, title: titleOf(point, name) })),
  );
  return Plot.tip(points, Plot.pointer({ x: axis, y: "median", title: "title", fill: "var(--paper)", maxRadius: 30 }));
}

function titleOf({ epochs, steps, seconds, median, lower, upper, runs }: CurvePoint, name: string): string {
  const cost = `${formatNumber(steps)} steps, ${formatNumber(epochs)} epochs, ${formatNumber(seconds)} s`;
  const range = runs === 1 ? "" : ` (${formatNumber(lower)} to ${formatNumber(upper)})`;
  return `${name}\n${cost}\nloss ${formatNumber(median)}${range}`;
}
