import { useLayoutEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "./line-chart.css";
import { colourChanges } from "../shell/theme.ts";
import { colourOf } from "./colour.ts";
import { LineSample, type Look } from "./mark.tsx";
import { useWidth } from "./use-width.ts";

/** One line: its name, how it looks, and a number for each x, null where it has none. */
interface Line {
  readonly label: string;
  readonly look: Look;
  readonly values: readonly (number | null)[];
}

interface LineChartProps {
  /** What is seen on it, for who hears the page. */
  readonly label: string;
  readonly x: readonly number[];
  readonly xLabel: string;
  readonly yLabel: string;
  readonly lines: readonly Line[];
  readonly height?: number;
  /** Draws equal ratios as equal heights; numbers that are not above 0 are left out. */
  readonly isLogarithmic?: boolean;
}

/** Lines that grow while something runs: on a canvas, by uPlot, fast enough for thirty pictures a second. */
export function LineChart({ label, x, xLabel, yLabel, lines, height = 220, isLogarithmic = false }: LineChartProps) {
  const { ref, width } = useWidth<HTMLDivElement>();
  const chart = useRef<uPlot>();
  // The chart is made anew only when it looks otherwise; numbers come in through setData.
  const appearance = JSON.stringify([xLabel, yLabel, isLogarithmic, lines.map((line) => [line.label, line.look])]);
  const colours = colourChanges.value;
  const data = [[...x], ...lines.map(({ values }) => positiveOnly(values, isLogarithmic))] as uPlot.AlignedData;
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null || width === 0) return undefined;
    const options = optionsFor(element, { xLabel, yLabel, lines, isLogarithmic }, width, height);
    chart.current = new uPlot(options, data, element);
    return () => chart.current?.destroy();
  }, [appearance, colours, width > 0, height]);
  useLayoutEffect(() => chart.current?.setData(data));
  useLayoutEffect(() => {
    if (width > 0) chart.current?.setSize({ width, height });
  }, [width, height]);
  return (
    <>
      <div ref={ref} class="line-chart" role="img" aria-label={label} style={{ height: `${height}px` }} />
      <ul class="legend">
        {lines.map(({ label: name, look }) => (
          <li key={name}>
            <LineSample look={look} hasMark={false} /> {name}
          </li>
        ))}
      </ul>
    </>
  );
}

function positiveOnly(values: readonly (number | null)[], isLogarithmic: boolean): (number | null)[] {
  return isLogarithmic ? values.map((value) => (value !== null && value > 0 ? value : null)) : [...values];
}

type Appearance = Pick<LineChartProps, "xLabel" | "yLabel" | "lines" | "isLogarithmic">;

function optionsFor(element: HTMLElement, appearance: Appearance, width: number, height: number): uPlot.Options {
  const { xLabel, yLabel, lines, isLogarithmic } = appearance;
  const ink = colourOf(element, "--ink-soft");
  const hairline = colourOf(element, "--hairline");
  const font = `12px ${getComputedStyle(element).fontFamily}`;
  const axis = {
    stroke: ink,
    font,
    labelFont: font,
    grid: { stroke: hairline, width: 1 },
    ticks: { stroke: hairline },
  };
  return {
    width,
    height,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false }, y: isLogarithmic ? { distr: 3 } : {} },
    axes: [
      { ...axis, label: xLabel, labelSize: 20, size: 30, incrs: wholeSteps },
      {
        ...axis,
        label: yLabel,
        labelSize: 20,
        size: 62,
        values: (_, splits) => splits.map(shortNumber),
        ...(isLogarithmic && {
          filter: (_: uPlot, splits: number[]) => splits,
          splits: (_: uPlot, __: number, least: number, most: number) => powers(least, most),
        }),
      },
    ],
    series: [
      {},
      ...lines.map(({ label, look }) => ({
        label,
        stroke: colourOf(element, look.colour),
        width: 2,
        dash: [...look.dashes],
        points: { show: false },
      })),
    ],
  };
}

/** What an axis of steps or epochs is divided by: there is no half step. */
const wholeSteps = [1, 2, 5]
  .flatMap((digit) => [0, 1, 2, 3, 4, 5].map((power) => digit * 10 ** power))
  .toSorted((a, b) => a - b);

/** Powers of ten between two numbers, some five of them. */
function powers(least: number, most: number): number[] {
  const [low, high] = [Math.ceil(Math.log10(least)), Math.floor(Math.log10(most))];
  const every = Math.max(1, Math.ceil((high - low) / 5));
  const count = Math.max(0, Math.floor((high - low) / every) + 1);
  return Array.from({ length: count }, (_, index) => 10 ** (low + index * every));
}

/** With a true minus; a logarithmic axis asks for no text at some ticks. */
function shortNumber(value: number | null): string {
  if (value === null) return "";
  const size = Math.abs(value);
  const text =
    size !== 0 && (size >= 1e5 || size < 1e-3) ? value.toExponential(0) : String(Number(value.toPrecision(6)));
  return text.replace(/-/g, "−").replace("e+", "e");
}
