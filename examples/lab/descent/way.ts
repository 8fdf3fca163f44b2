/** Where a stop lies on the drawing, in pixels. */
export type Place = readonly [x: number, y: number];

/** More marks than these run together, and take long to draw. */
const mostMarks = 60;

/** A way across a drawing, as the `d` of two SVG paths: its line, and the places of its marks. */
export interface DrawnWay {
  readonly line: string;
  readonly marks: string;
  /** Where the last mark stands. */
  readonly last: Place;
}

interface Vertex {
  readonly place: Place;
  readonly text: string;
}

/**
 * A way that is drawn up to one step after another: its places are written once.
 *
 * @param places of all stops; one that is no number is left out
 */
export class Way {
  readonly #vertices: readonly (Vertex | undefined)[];

  constructor(places: readonly Place[]) {
    this.#vertices = places.map((place) => {
      if (!place.every(Number.isFinite)) return undefined;
      return { place, text: `${place[0].toFixed(1)} ${place[1].toFixed(1)}` };
    });
  }

  /** The first stops of it; undefined if there is none among them to be drawn. */
  first(count: number): DrawnWay | undefined {
    const seen = this.#vertices.slice(0, count).filter((vertex) => vertex !== undefined);
    const last = seen.at(-1);
    if (last === undefined) return undefined;
    const every = Math.ceil(seen.length / mostMarks);
    const marked = seen.filter((_, index) => index % every === 0);
    return { line: pathThrough(seen), marks: pathThrough(marked), last: last.place };
  }
}

/** Through each place once: a descent that has arrived stays where it is. */
function pathThrough(vertices: readonly Vertex[]): string {
  const texts = vertices.map(({ text }) => text);
  return `M${texts.filter((text, index) => text !== texts[index - 1]).join("L")}`;
}
