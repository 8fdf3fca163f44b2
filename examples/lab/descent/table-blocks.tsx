import type { VNode } from "preact";
import { useMemo } from "preact/hooks";
import { fixed } from "../texts/numbers.ts";
import type { Cells } from "./table-rows.ts";

/** A float32 has some seven digits: more decimals would show how the last one was rounded. */
const decimals = 5;

/** What was drawn of a row, for as long as there is the row: Preact does not look at the same element twice. */
const drawn = new WeakMap<Cells, VNode>();

function rowOf(cells: Cells, index: number): VNode {
  const row = drawn.get(cells) ?? <Row key={index} index={index} cells={cells} />;
  drawn.set(cells, row);
  return row;
}

/** Rows that come and go together. */
const blockSize = 16;

interface BlocksProps {
  readonly rows: readonly Cells[];
  readonly count: number;
  /** Whether only the last rows are laid out: a table of hundreds takes long, and nobody sees the first ones. */
  readonly isShort: boolean;
}

/** The first rows, in blocks: one that is full is not looked at again while the run goes on. */
export function Blocks({ rows, count, isShort }: BlocksProps) {
  const blocks = useMemo(
    () =>
      Array.from({ length: Math.floor(rows.length / blockSize) }, (_, index) => {
        const block = { key: index, rows, from: index * blockSize, to: (index + 1) * blockSize };
        return { near: <Block {...block} isHidden={false} />, far: <Block {...block} isHidden /> };
      }),
    [rows],
  );
  const full = Math.floor(count / blockSize);
  return (
    <>
      {blocks.slice(0, full).map(({ near, far }, index) => (isShort && index < full - 1 ? far : near))}
      <Block key={full} rows={rows} from={full * blockSize} to={count} isHidden={false} />
    </>
  );
}

interface BlockProps {
  readonly rows: readonly Cells[];
  readonly from: number;
  readonly to: number;
  readonly isHidden: boolean;
}

function Block({ rows, from, to, isHidden }: BlockProps) {
  if (to === from) return null;
  return <tbody hidden={isHidden}>{rows.slice(from, to).map((cells, index) => rowOf(cells, from + index))}</tbody>;
}

function Row({ index, cells }: { readonly index: number; readonly cells: Cells }) {
  return (
    <tr>
      <th scope="row">{index}</th>
      {cells.map((cell, column) => (
        <td key={column}>{cell === undefined ? "" : fixed(cell, decimals)}</td>
      ))}
    </tr>
  );
}
