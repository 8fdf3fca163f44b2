import { plot, type PlotOptions } from "@observablehq/plot";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { useWidth } from "./use-width.ts";

/** Where on the drawing a point of the plane lies, in pixels, and the way back. */
export interface PlaneScales {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  /** The part that is drawn on. */
  readonly area: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
}

interface PlaneProps {
  /** What is seen on it, for who hears the page. */
  readonly label: string;
  /** What stands still: axes, contours, a curve. Keep its identity while it does, since drawing it takes long. */
  readonly background: PlotOptions;
  /** Height as a part of the width. */
  readonly ratio: number;
  /** What moves, as SVG, in front. */
  readonly children: (scales: PlaneScales) => ComponentChildren;
  /** A point that somebody clicked or touched. */
  readonly onPick?: (x: number, y: number) => void;
}

const margins = { marginLeft: 46, marginRight: 12, marginTop: 12, marginBottom: 38 } as const;

/** A chart of the plane: a background drawn by Observable Plot, and in front what moves. */
export function Plane({ label, background, ratio, children, onPick }: PlaneProps) {
  const { ref, width } = useWidth<HTMLDivElement>();
  const holder = useRef<HTMLDivElement>(null);
  const height = Math.round(width * ratio);
  const figure = useMemo(
    () => (width === 0 ? undefined : plot({ ...margins, ...background, width, height })),
    [background, width, height],
  );
  useLayoutEffect(() => {
    if (figure !== undefined) holder.current?.replaceChildren(figure);
  }, [figure]);
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
          {children({
            x: (value) => Number(scaleX.apply(value)),
            y: (value) => Number(scaleY.apply(value)),
            area: {
              left: margins.marginLeft,
              top: margins.marginTop,
              right: width - margins.marginRight,
              bottom: height - margins.marginBottom,
            },
          })}
        </svg>
      )}
    </div>
  );
}
