/** Where a line begins and ends, in columns and rows of the grid. */
export type Segment = readonly [x0: number, y0: number, x1: number, y1: number];

/**
 * The line along which numbers on a square grid pass through a level, cell by cell, by marching squares.
 *
 * @param values row by row, size × size
 */
export function levelLine(values: ArrayLike<number>, size: number, level: number): Segment[] {
  const segments: Segment[] = [];
  const at = (column: number, row: number) => (values[row * size + column] ?? NaN) - level;
  for (let row = 0; row + 1 < size; row++) {
    for (let column = 0; column + 1 < size; column++) {
      const corners = [at(column, row), at(column + 1, row), at(column + 1, row + 1), at(column, row + 1)] as const;
      const crossings = crossingsOf(corners).map(([x, y]) => [column + x, row + y] as const);
      for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
        const [from, to] = [crossings[pair], crossings[pair + 1]];
        if (from !== undefined && to !== undefined) segments.push([...from, ...to]);
      }
    }
  }
  return segments;
}

/** Round the cell from its top left: where the sign changes along an edge. Of a saddle two pairs. */
function crossingsOf([a, b, c, d]: readonly [number, number, number, number]): (readonly [number, number])[] {
  const crossings: (readonly [number, number])[] = [];
  const part = (from: number, to: number) => from / (from - to);
  const differs = (from: number, to: number) => from < 0 !== to < 0;
  if (differs(a, b)) crossings.push([part(a, b), 0]);
  if (differs(b, c)) crossings.push([1, part(b, c)]);
  if (differs(c, d)) crossings.push([1 - part(c, d), 1]);
  if (differs(d, a)) crossings.push([0, 1 - part(d, a)]);
  return crossings;
}
