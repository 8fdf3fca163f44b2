/** Shapes that tell lines apart without colour, drawn about (0, 0), some 8 units wide. */
export const shapes = {
  circle: "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
  square: "M-3.5-3.5h7v7h-7z",
  triangle: "M0-4.6L4.4 3.4H-4.4z",
  diamond: "M0-5L4.2 0L0 5L-4.2 0z",
  cross: "M-4.4-1.5h2.9v-2.9h3v2.9h2.9v3h-2.9v2.9h-3v-2.9h-2.9z",
  hourglass: "M-4-4.2h8L-4 4.2h8z",
} as const;

export type Shape = keyof typeof shapes;

/** How a line and its marks look. */
export interface Look {
  /** The name of a variable of the styles, `"--rule-1"`. */
  readonly colour: string;
  readonly shape: Shape;
  /** In pixels, drawn and left out in turns; empty for a line drawn through. */
  readonly dashes: readonly number[];
}

interface MarkProps {
  readonly look: Look;
  readonly x: number;
  readonly y: number;
  /** 1 is some 8 pixels. */
  readonly size?: number;
  readonly isHollow?: boolean;
}

/** A mark on an SVG chart. */
export function Mark({ look, x, y, size = 1, isHollow = false }: MarkProps) {
  const colour = `var(${look.colour})`;
  return (
    <path
      d={shapes[look.shape]}
      transform={`translate(${x} ${y}) scale(${size})`}
      fill={isHollow ? "var(--surface)" : colour}
      stroke={isHollow ? colour : "var(--surface)"}
      stroke-width={isHollow ? 1.5 : 1}
    />
  );
}

/** A piece of the line with its mark, for a legend. */
export function LineSample({ look, hasMark = true }: { readonly look: Look; readonly hasMark?: boolean }) {
  return (
    <svg class="line-sample" width="36" height="14" viewBox="-18 -7 36 14" aria-hidden="true">
      <path
        d="M-18 0H18"
        stroke={`var(${look.colour})`}
        stroke-width="2"
        stroke-dasharray={look.dashes.join(" ") || undefined}
      />
      {hasMark && <Mark look={look} x={0} y={0} size={1.2} />}
    </svg>
  );
}
