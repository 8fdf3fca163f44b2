import { significant } from "../texts/numbers.ts";
import { lineAt, type Box } from "./drawing-layout.ts";
import type { Emphasis } from "./edge-drawing.tsx";

/** A number in a box: nothing is shown of one that is not known yet but its name. */
export interface BoxLine {
  readonly name: string;
  readonly value: number | undefined;
  readonly emphasis?: Emphasis;
}

interface BoxDrawingProps {
  readonly box: Box;
  readonly title: string;
  readonly lines: readonly BoxLine[];
}

const digits = 5;

/** An input, a neuron or the cost, with its numbers. */
export function BoxDrawing({ box, title, lines }: BoxDrawingProps) {
  const [left, right] = [box.x - box.width / 2, box.x + box.width / 2];
  return (
    <g class="box">
      <rect x={left} y={box.y - box.height / 2} width={box.width} height={box.height} rx={10} />
      <text class="box-title" x={box.x} y={lineAt(box, 0)}>
        {title}
      </text>
      {lines.map(({ name, value, emphasis = "" }, index) => (
        <g key={name} class={`line ${emphasis}`} data-quantity={name}>
          {emphasis !== "" && (
            <rect class="mark" x={left + 5} y={lineAt(box, index + 1) - 10} width={box.width - 10} height={20} rx={4} />
          )}
          <text class="line-name" x={left + 11} y={lineAt(box, index + 1)}>
            {name}
          </text>
          <text class="line-value" x={right - 11} y={lineAt(box, index + 1)}>
            {value === undefined ? "·" : significant(value, digits)}
          </text>
        </g>
      ))}
    </g>
  );
}
