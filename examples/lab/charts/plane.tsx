import { plot, type PlotOptions } from "@observablehq/plot";
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { useWidth } from "./use-width.ts";

/** Where on the drawing a point of the plane lies, in pixels, and the way back. */
export interface PlaneScales {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  /** For `clip-path`: nothing outside of the part that is drawn on. */
  readonly clip: string;
  /** The part that is drawn on. */
  readonly area: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
}

interface PlaneProps {
  /** What is seen on it, for who hears the page. */
  readonly label: string;
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
  const area = {
    left: margins.marginLeft,
    top: margins.marginTop,
    right: width - margins.marginRight,
    bottom: height - margins.marginBottom,
  };
  const scaleX = figure?.scale("x");
  const scaleY = figure?.scale("y");
  return (
    <div ref={ref} class="plane" style={{ minHeight: `${height}px` }}>
      <div ref={holder} aria-hidden="true" />
      {scaleX !== undefined && scaleY !== undefined && (
        <svg
          class={onPick === undefined ? "plane-front" : "plane-front pickable"}
          viewBox={`0 0 ${width} ${height}`}
          role="img"
          aria-label={label}
          onClick={(event) => {
            const box = event.currentTarget.getBoundingClientRect();
            const x: unknown = scaleX.invert?.(event.clientX - box.left);
            const y: unknown = scaleY.invert?.(event.clientY - box.top);
            if (typeof x === "number" && typeof y === "number") onPick?.(x, y);
          }}
        >
          <clipPath id={clip}>
            <rect x={area.left} y={area.top} width={area.right - area.left} height={area.bottom - area.top} />
          </clipPath>
          {children({
            x: (value) => Number(scaleX.apply(value)),
            y: (value) => Number(scaleY.apply(value)),
            clip: `url(#${clip})`,
            area,
          })}
        </svg>
      )}
    </div>
  );
}
