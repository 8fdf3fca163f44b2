import type { Page } from "playwright";

/** Where a line goes, in the units of its chart. */
export type DrawnLine = readonly (readonly [x: number, y: number])[];

/**
 * Reads lines back from what is drawn, by the chart's own scales.
 *
 * @param chart the selector of a chart
 * @param label the lines' aria-label, without the number that may follow
 */
export async function drawnLines(
  page: Page,
  chart: string,
  label: string,
): Promise<Readonly<Record<string, DrawnLine>>> {
  return page.evaluate(
    ([selector, name]) => {
      const svg = document.querySelector(selector) as unknown as ChartElement;
      const paths = [...svg.querySelectorAll<SVGPathElement>(`path[aria-label^="${name}"]`)];
      const [x, y] = [svg.scale("x"), svg.scale("y")];
      return Object.fromEntries(
        paths.map((path) => {
          const numbers = [...(path.getAttribute("d") ?? "").matchAll(/-?[\d.]+(?:e-?\d+)?/g)].map(([text]) =>
            Number(text),
          );
          const points = numbers.flatMap((number, index) =>
            index % 2 === 0 ? [[x.invert(number), y.invert(numbers[index + 1] ?? NaN)] as const] : [],
          );
          return [path.getAttribute("aria-label"), points];
        }),
      );
    },
    [chart, label] as const,
  );
}

/** The ends of bars, or the places of dots, along the chart's horizontal axis, by their aria-labels. */
export async function drawnPlaces(page: Page, chart: string, label: string): Promise<Readonly<Record<string, number>>> {
  return page.evaluate(
    ([selector, name]) => {
      const svg = document.querySelector(selector) as unknown as ChartElement;
      const marks = [...svg.querySelectorAll<SVGGraphicsElement>(`[aria-label^="${name} "]`)];
      return Object.fromEntries(
        marks.map((mark) => {
          const box = mark.getBBox();
          const moved = /translate\(([-\d.]+)/.exec(mark.getAttribute("transform") ?? "")?.[1];
          const middle = moved === undefined ? box.x + box.width / 2 : Number(moved);
          const place = mark.tagName === "rect" ? box.x + box.width : middle;
          return [mark.getAttribute("aria-label"), svg.scale("x").invert(place)];
        }),
      );
    },
    [chart, label] as const,
  );
}

/** The kind of a chart's scale, `"log"`. */
export async function scaleType(page: Page, chart: string, scale: "x" | "y"): Promise<string> {
  return page.evaluate(
    ([selector, name]) => (document.querySelector(selector) as unknown as ChartElement).scale(name).type,
    [chart, scale] as const,
  );
}

/** What Plot returns. */
interface ChartElement extends SVGSVGElement {
  scale(name: "x" | "y"): { readonly type: string; invert(pixels: number): number };
}
