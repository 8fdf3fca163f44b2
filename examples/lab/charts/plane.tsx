import { plot, type PlotOptions } from "@observablehq/plot";
import type { ReadonlySignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { useWidth } from "./use-width.ts";

/** Where on the drawing a point of the plane lies, in pixels. The same object for as long as the background stands still. */
export interface PlaneScales {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  /** For `clip-path`: nothing outside of the part that is drawn on. */
  readonly clip: string;
  /** The part that is drawn on. */
  readonly area: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
}

interface PlaneProps {
  /** What is seen on it, for who hears the page: a signal where it changes while all else stands still. */
  readonly label: string | ReadonlySignal<string>;
  /** What stands still: axes, contours, a curve. Keep its identity while it does, since drawing it takes long. */
  readonly background: PlotOptions;
  /** The drawn part's height as a part of its width: with equal units on both axes a circle is one. */
  readonly ratio: number;
  /** What moves, as SVG, in front. */
  readonly children: (scales: PlaneScales) => ComponentChildren;
  /** A point that somebody clicked or touched. */
  readonly onPick?: (x: number, y: number) => void;
}

const margins = { marginLeft: 46, marginRight: 22, marginTop: 24, marginBottom: 40 } as const;

/** A chart of the plane: a background drawn by Observable Plot, and in front what moves. */
export function Plane({ label, background, ratio, children, onPick }: PlaneProps) {
  const { ref, width } = useWidth<HTMLDivElement>();
  const holder = useRef<HTMLDivElement>(null);
  const clip = useId();
  const height = Math.round(
    (width - margins.marginLeft - margins.marginRight) * ratio + margins.marginTop + margins.marginBottom,
  );
  const figure = useMemo(
    () => (width === 0 ? undefined : plot({ ...margins, ...background, width, height })),
    [background, width, height],
  );
  useLayoutEffect(() => {
    if (figure !== undefined) holder.current?.replaceChildren(figure);
  }, [figure]);
  const front = useMemo(() => figure && frontOf(figure, { width, height }, `url(#${clip})`), [figure]);
  return (
    <div ref={ref} class="plane" style={{ minHeight: `${height}px` }}>
      <div ref={holder} aria-hidden="true" />
      {front !== undefined && (
        <svg
          class={onPick === undefined ? "plane-front" : "plane-front pickable"}
          viewBox={`0 0 ${width} ${height}`}
          role="img"
          aria-label={label}
          onClick={(event) => {
            const box = event.currentTarget.getBoundingClientRect();
            const [x, y] = front.pointAt(event.clientX - box.left, event.clientY - box.top);
            if (typeof x === "number" && typeof y === "number") onPick?.(x, y);
          }}
        >
          <clipPath id={clip}>
            <rect {...front.rectangle} />
          </clipPath>
          {children(front.scales)}
        </svg>
      )}
    </div>
  );
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** What is drawn in front of a figure: by its scales, and by their inverses where somebody clicked. */
function frontOf(figure: ReturnType<typeof plot>, { width, height }: Size, clip: string) {
  const [x, y] = [figure.scale("x"), figure.scale("y")];
  if (x === undefined || y === undefined) return undefined;
  const [left, top] = [margins.marginLeft, margins.marginTop];
  const area = { left, top, right: width - margins.marginRight, bottom: height - margins.marginBottom };
  const scales: PlaneScales = {
    x: (value) => Number(x.apply(value)),
    y: (value) => Number(y.apply(value)),
    clip,
    area,
  };
  const rectangle = { x: left, y: top, width: area.right - left, height: area.bottom - top };
  const pointAt = (across: number, down: number): unknown[] => [x.invert?.(across), y.invert?.(down)];
  return { scales, rectangle, pointAt };
}
