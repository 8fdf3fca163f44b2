import * as Plot from "@observablehq/plot";
import type { Appearance } from "./appearance.ts";

const [width, height] = [36, 14];

/** A piece of a regime's line with its mark: the key to the charts. */
export function swatch({ color, symbol, dash }: Appearance): SVGSVGElement | HTMLElement {
  const drawn = Plot.plot({
    width,
    height,
    margin: 0,
    axis: null,
    className: "key",
    x: { domain: [0, 1], range: [0, width] },
    y: { domain: [0, 1], range: [height, 0] },
    marks: [
      Plot.ruleY([0.5], { stroke: color, strokeWidth: 1.75, strokeDasharray: dash }),
      Plot.dot([[0.5, 0.5]], { symbol, fill: color, r: 3.5 }),
    ],
  });
  drawn.setAttribute("aria-hidden", "true");
  // The page styles it, and a cell's text ought to be what stands in it.
  drawn.querySelector("style")?.remove();
  return drawn;
}
