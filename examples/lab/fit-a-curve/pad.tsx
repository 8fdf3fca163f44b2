import { useSignal } from "@preact/signals";
import { useId, useRef } from "preact/hooks";
import { texts } from "../shell/language.ts";
import { significant } from "../texts/numbers.ts";
import { unscaled } from "./data/axes.ts";
import { edge } from "./data/point.ts";
import { drawAt, drawOn, dropDrawing, endDrawing, seenPoints, tool, type Place } from "./drawing.ts";
import { state } from "./state.ts";

/** How far an arrow key moves the cross, alone and with Shift. */
const small = 0.05;
const large = 0.25;

const ways: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Lies over the chart's plane, and takes points by mouse, touch and keyboard. */
export function Pad() {
  const { draw } = texts.value.fit;
  const help = useId();
  const last = useRef<Place>();
  const cross = useSignal<Place>({ x: 0, y: 0 });
  const isMoved = useSignal(false);
  const pressKey = (event: KeyboardEvent) => {
    const way = ways[event.key];
    const { x, y } = cross.value;
    if (way !== undefined) {
      const by = event.shiftKey ? large : small;
      cross.value = { x: within(x + way[0] * by), y: within(y + way[1] * by) };
    } else if (event.key === "Enter" || event.key === " ") drawAt(x, y);
    else if (event.key === "Delete" || event.key === "Backspace") drawAt(x, y, "erase");
    else return;
    event.preventDefault();
    isMoved.value = true;
    endDrawing();
  };
  return (
    <div
      class="fit-pad"
      data-tool={tool.value}
      role="application"
      tabIndex={0}
      aria-label={draw.pad}
      aria-describedby={help}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        last.current = drawOn(undefined, placeOf(event));
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (last.current !== undefined) last.current = drawOn(last.current, placeOf(event));
      }}
      onPointerUp={() => {
        last.current = undefined;
        endDrawing();
      }}
      onPointerCancel={() => {
        // The finger scrolls the page.
        last.current = undefined;
        dropDrawing();
      }}
      onKeyDown={pressKey}
      onBlur={() => (isMoved.value = false)}
    >
      <span class="fit-cross" style={{ left: percent(cross.value.x), bottom: percent(cross.value.y) }} />
      <span class="unseen" id={help}>
        {draw.help}
      </span>
      <span class="unseen" role="status">
        {isMoved.value && describe(cross.value)}
      </span>
    </div>
  );
}

function describe({ x, y }: Place): string {
  const { axes } = state.value;
  const [atX, atY] = axes === null ? [x, y] : [unscaled(axes.x, x), unscaled(axes.y, y)];
  return texts.value.fit.draw.at(significant(atX, 3), significant(atY, 3), seenPoints.value.length);
}

function placeOf(event: PointerEvent & { readonly currentTarget: HTMLElement }): Place {
  const box = event.currentTarget.getBoundingClientRect();
  const part = (from: number, length: number) => 2 * edge * (from / length) - edge;
  return { x: part(event.clientX - box.left, box.width), y: -part(event.clientY - box.top, box.height) };
}

function percent(value: number): string {
  return `${(100 * (value + edge)) / (2 * edge)}%`;
}

function within(value: number): number {
  return Math.min(edge, Math.max(-edge, Number(value.toFixed(3))));
}
