import type { PlaneScales } from "./plane.tsx";
import "./symmetric-axis.css";
import { symmetricTicks } from "./symmetric-ticks.ts";

interface SymmetricAxisProps {
  readonly scales: PlaneScales;
  /** The number at the top; minus that is at the bottom. */
  readonly most: number;
}

/** An upright axis from −most to most, with lines across, which moves with what it measures. Of a plane whose y runs from −1 to 1, and has its line at 0. */
export function SymmetricAxis({ scales: { y, area }, most }: SymmetricAxisProps) {
  return (
    <g class="symmetric-axis">
      {symmetricTicks(most).map(({ at, text }, index) => (
        <g key={index} transform={`translate(0 ${y(at / most).toFixed(1)})`}>
          {at !== 0 && <path d={`M${area.left} 0H${area.right}`} stroke="var(--hairline)" />}
          <text x={area.left - 9} dy="0.32em" text-anchor="end">
            {text}
          </text>
        </g>
      ))}
    </g>
  );
}
