import { significant } from "../texts/numbers.ts";
import { labelWidth, type Edge } from "./drawing-layout.ts";
import type { Stage } from "./stages.ts";

/** What a stage computes going forward, what it computes going back, and all else. */
export type Emphasis = "forward" | "backward" | "";

interface EdgeDrawingProps {
  readonly edge: Edge;
  readonly emphasis: Emphasis;
  /** None on the way to the cost. */
  readonly weight?: number;
  /** ∂C/∂w, once it is known. */
  readonly gradient?: number | undefined;
  readonly stage?: Stage;
}

const digits = 4;

/** A connection with its weight, and the cost's derivative by it. Going back it is dashed. */
export function EdgeDrawing({ edge, emphasis, weight, gradient, stage }: EdgeDrawingProps) {
  const [x, y] = edge.label;
  const height = gradient === undefined ? 22 : 42;
  return (
    <g class={`edge ${emphasis}`}>
      <path d={`M${edge.from.join(" ")}L${edge.to.join(" ")}`} />
      {weight !== undefined && (
        <>
          <rect x={x - labelWidth / 2} y={y - height / 2} width={labelWidth} height={height} rx={6} />
          <text x={x} y={gradient === undefined ? y : y - 9}>
            {significant(weight, digits)}
          </text>
          {gradient !== undefined && (
            <text class={stage === "bp4" ? "weight-gradient backward" : "weight-gradient"} x={x} y={y + 10}>
              ∂ {significant(gradient, digits)}
            </text>
          )}
        </>
      )}
    </g>
  );
}
