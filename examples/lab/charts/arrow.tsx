interface ArrowProps {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  /** The name of a variable of the styles. */
  readonly colour: string;
  readonly width?: number;
  readonly dashes?: string;
}

const head = 9;

/** An arrow on an SVG chart, from a point to another, in pixels. Too short to have a head, it is a dot. */
export function Arrow({ from, to, colour, width = 2.5, dashes }: ArrowProps) {
  const [x, y] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(x, y);
  const paint = `var(${colour})`;
  if (length < 2) return <circle cx={from[0]} cy={from[1]} r={3} fill={paint} />;
  const [ex, ey] = [x / length, y / length];
  const size = Math.min(head, length);
  const neck = [to[0] - ex * size, to[1] - ey * size] as const;
  const half = size * 0.45;
  return (
    <g>
      <path
        d={`M${from[0]} ${from[1]}L${neck[0]} ${neck[1]}`}
        stroke={paint}
        stroke-width={width}
        stroke-dasharray={dashes}
      />
      <path
        d={`M${to[0]} ${to[1]}L${neck[0] - ey * half} ${neck[1] + ex * half}L${neck[0] + ey * half} ${neck[1] - ex * half}z`}
        fill={paint}
      />
    </g>
  );
}
