/** A label beside the end of a line, in pixels. */
export interface EndLabel {
  readonly index: number;
  readonly x: number;
  readonly y: number;
}

/** How far apart two labels are at least, across and down. */
const room = { x: 16, y: 12 };

/** Moves labels that would cover one another up or down, as little as goes, and none below `bottom`. */
export function moveApart(labels: readonly EndLabel[], bottom: number): readonly EndLabel[] {
  const down: EndLabel[] = [];
  for (const label of labels.toSorted((a, b) => a.y - b.y)) {
    const above = down.filter((other) => isBeside(other, label)).map(({ y }) => y + room.y);
    down.push({ ...label, y: Math.max(label.y, ...above) });
  }
  const up: EndLabel[] = [];
  for (const label of down.toReversed()) {
    const below = up.filter((other) => isBeside(other, label)).map(({ y }) => y - room.y);
    up.push({ ...label, y: Math.min(label.y, bottom, ...below) });
  }
  return up;
}

function isBeside(one: EndLabel, other: EndLabel): boolean {
  return Math.abs(one.x - other.x) < room.x;
}
