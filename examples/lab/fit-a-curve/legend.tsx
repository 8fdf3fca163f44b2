import { shapes } from "../charts/mark.tsx";
import { texts } from "../shell/language.ts";
import { inputsOf } from "./data/datasets.ts";
import { state } from "./state.ts";

/** What the marks on the chart mean. */
export function Legend() {
  const { chart } = texts.value.fit;
  const { data, axes } = state.value;
  const [a = "A", b = "B"] = axes?.groups ?? [];
  if (inputsOf(data) === 1) {
    return (
      <ul class="fit-legend">
        <Item text={chart.fitted} line="--accent" />
        <Item text={chart.trained} shape="circle" colour="--ink" />
        <Item text={chart.validated} shape="circle" colour="--ink" isHollow />
      </ul>
    );
  }
  return (
    <ul class="fit-legend">
      <Item text={chart.group(a)} shape="circle" colour="--gradient" />
      <Item text={chart.group(b)} shape="triangle" colour="--accent" />
      <Item text={chart.validated} shape="circle" colour="--ink" isHollow />
      <Item text={chart.border} line="--ink" />
    </ul>
  );
}

interface ItemProps {
  readonly text: string;
  readonly shape?: keyof typeof shapes;
  readonly colour?: string;
  readonly line?: string;
  readonly isHollow?: boolean;
}

function Item({ text, shape, colour = "--ink", line, isHollow = false }: ItemProps) {
  const paint = `var(${colour})`;
  return (
    <li>
      <svg width="18" height="14" viewBox="-9 -7 18 14" aria-hidden="true">
        {line !== undefined && <path d="M-9 0H9" stroke={`var(${line})`} stroke-width="3" />}
        {shape !== undefined && (
          <path
            d={shapes[shape]}
            fill={isHollow ? "none" : paint}
            stroke={isHollow ? paint : "none"}
            stroke-width="1.6"
          />
        )}
      </svg>
      {text}
    </li>
  );
}
