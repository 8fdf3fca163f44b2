/** Where things stand on the drawing, in its own units: layers from left to right, or on a phone from top to bottom. */

/** A rectangle by its middle. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A connection between two neurons, and where its number stands. */
export interface Edge {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly label: readonly [number, number];
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly inputs: readonly [Box, Box];
  readonly hidden: readonly [Box, Box];
  readonly outputs: readonly [Box, Box];
  readonly cost: Box;
  /** To the jth neuron from the kth, in row j, column k. */
  readonly hiddenEdges: readonly (readonly [Edge, Edge])[];
  readonly outputEdges: readonly (readonly [Edge, Edge])[];
  /** From the outputs to the cost. */
  readonly costEdges: readonly [Edge, Edge];
}

const rowHeight = 22;

/** The height of a box with so many lines in it. */
function boxHeight(lines: number): number {
  return lines * rowHeight + 16;
}

/** Where the first of a box's lines stands. */
export function lineAt(box: Box, line: number): number {
  return box.y - box.height / 2 + 8 + rowHeight * (line + 0.5);
}

const inputLines = 2;
const neuronLines = 6;
const costLines = 4;

/** How wide the label of an edge is. */
export const labelWidth = 100;

/** Labels of straight edges stand near their end, of crossing ones near their start: so none covers another. */
const labelsAcross = { straight: 0.7, crossing: 0.27 };
const labelsDown = { straight: 0.7, crossing: 0.22 };

/** From left to right: for a drawing some 900 pixels wide or more. */
export function acrossLayout(): Layout {
  const [above, below] = [110, 350];
  const box = (x: number, y: number, width: number, lines: number) => ({ x, y, width, height: boxHeight(lines) });
  const pair = (x: number, width: number, lines: number) =>
    [box(x, above, width, lines), box(x, below, width, lines)] as const;
  const [inputs, hidden, outputs] = [
    pair(60, 110, inputLines),
    pair(382, 150, neuronLines),
    pair(732, 150, neuronLines),
  ];
  const cost = box(942, (above + below) / 2, 124, costLines);
  const right = ({ x, y, width }: Box) => [x + width / 2, y] as const;
  const left = ({ x, y, width }: Box) => [x - width / 2, y] as const;
  return {
    width: 1010,
    height: 460,
    inputs,
    hidden,
    outputs,
    cost,
    hiddenEdges: edgesBetween(inputs, hidden, right, left, labelsAcross),
    outputEdges: edgesBetween(hidden, outputs, right, left, labelsAcross),
    costEdges: [edge(right(outputs[0]), left(cost), 0.5), edge(right(outputs[1]), left(cost), 0.5)],
  };
}

/** From top to bottom: for a phone. */
export function downLayout(): Layout {
  const [first, second] = [92, 282];
  const box = (x: number, y: number, width: number, lines: number) => ({ x, y, width, height: boxHeight(lines) });
  const pair = (y: number, lines: number) => [box(first, y, 168, lines), box(second, y, 168, lines)] as const;
  const [inputs, hidden, outputs] = [pair(36, inputLines), pair(344, neuronLines), pair(688, neuronLines)];
  const cost = box((first + second) / 2, 890, 168, costLines);
  const bottom = ({ x, y, height }: Box) => [x, y + height / 2] as const;
  const top = ({ x, y, height }: Box) => [x, y - height / 2] as const;
  return {
    width: 374,
    height: 946,
    inputs,
    hidden,
    outputs,
    cost,
    hiddenEdges: edgesBetween(inputs, hidden, bottom, top, labelsDown),
    outputEdges: edgesBetween(hidden, outputs, bottom, top, labelsDown),
    costEdges: [edge(bottom(outputs[0]), top(cost), 0.5), edge(bottom(outputs[1]), top(cost), 0.5)],
  };
}

type Side = (box: Box) => readonly [number, number];

function edgesBetween(
  from: readonly [Box, Box],
  to: readonly [Box, Box],
  leave: Side,
  arrive: Side,
  labels: typeof labelsAcross,
) {
  return to.map((end, j) => {
    const label = (k: number) => (j === k ? labels.straight : labels.crossing);
    return [edge(leave(from[0]), arrive(end), label(0)), edge(leave(from[1]), arrive(end), label(1))] as const;
  });
}

function edge(from: readonly [number, number], to: readonly [number, number], part: number): Edge {
  const label = [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])] as const;
  return { from, to, label };
}
