import * as tf from "@tensorflow/tfjs-core";
import type { ComponentChild } from "preact";
import { useMemo } from "preact/hooks";
import { texts } from "../shell/language.ts";
import { useLatest } from "../shell/use-latest.ts";
import { fixed } from "../texts/numbers.ts";
import type { DescentFunction } from "./functions.ts";
import type { DescentPath } from "./path.ts";
import { paths } from "./run.ts";
import { state } from "./state.ts";
import { tableRows } from "./table-rows.ts";
import type { RuleName } from "./rules.ts";
import { RuleEquation } from "./rule-equation.tsx";

/** A float32 has some seven digits: more decimals would show how the last one was rounded. */
const decimals = 5;

/** The table of every step of one rule. It grows as the run goes on, and shows its last row. */
export function StepsTable({ f }: { readonly f: DescentFunction }) {
  const { descent } = texts.value;
  const { rules: chosen, shown, step } = state.value;
  return (
    <section class="descent-table">
      <h2>{descent.table.title}</h2>
      <label class="inline">
        <span>{descent.table.of}</span>
        <select value={shown} onChange={(event) => state.change({ shown: event.currentTarget.value as RuleName })}>
          {chosen.map((rule) => (
            <option key={rule} value={rule}>
              {descent.rules[rule]}
            </option>
          ))}
        </select>
      </label>
      <RuleEquation rule={shown} />
      <Rows f={f} path={paths.value.get(shown)} step={step} caption={descent.table.caption(descent.rules[shown])} />
    </section>
  );
}

interface RowsProps {
  readonly f: DescentFunction;
  readonly path: DescentPath | undefined;
  readonly step: number;
  readonly caption: string;
}

function Rows({ f, path, step, caption }: RowsProps) {
  const inner = useLatest(async () => innerValues(f, path), [f, path]);
  const rows = useMemo(() => tableRows(path, inner), [path, inner]);
  // A row that was drawn is not looked at again while the run goes on.
  const drawn = useMemo(() => rows.map((cells, index) => <Row key={index} index={index} cells={cells} />), [rows]);
  const visible = drawn.slice(0, step + 1);
  return (
    <div class="table-box" tabIndex={0} role="region" aria-label={caption}>
      <table class="numbers" data-steps={visible.length}>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {headers(f).map((header, index) => (
              <th key={index} scope="col">
                <math>{header}</math>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{visible}</tbody>
      </table>
    </div>
  );
}

function Row({ index, cells }: { readonly index: number; readonly cells: readonly (number | undefined)[] }) {
  return (
    <tr>
      <th scope="row">{index}</th>
      {cells.map((cell, column) => (
        <td key={column}>{cell === undefined ? "" : fixed(cell, decimals)}</td>
      ))}
    </tr>
  );
}

/** E of the chain, at each of the points. */
async function innerValues({ inner }: DescentFunction, path: DescentPath | undefined): Promise<readonly number[]> {
  if (inner === undefined || path === undefined) return [];
  const xs = path.stops.map(({ point: [x = NaN] }) => x);
  const values = tf.tidy(() => inner.evaluate(tf.tensor1d(xs)));
  try {
    return [...(await values.data<"float32">())];
  } finally {
    values.dispose();
  }
}

function headers({ variables, inner }: DescentFunction): ComponentChild[] {
  const name = (text: string) => <mi>{text}</mi>;
  const change = (text: string) => (
    <mrow>
      <mi mathvariant="normal">Δ</mi>
      <mi>{text}</mi>
    </mrow>
  );
  if (variables === 1) {
    const middle = inner === undefined ? [] : [name(inner.name)];
    return [name("i"), name("x"), ...middle, slope("d", "y", "x"), change("x"), name("y")];
  }
  const slopes = [slope("∂", "z", "x"), slope("∂", "z", "y")];
  return [name("i"), name("x"), name("y"), ...slopes, change("x"), change("y"), name("z")];
}

function slope(sign: string, above: string, below: string): ComponentChild {
  const part = (letter: string) => (
    <mrow>
      <mi mathvariant="normal">{sign}</mi>
      <mi>{letter}</mi>
    </mrow>
  );
  return (
    <mrow>
      {part(above)}
      <mo>/</mo>
      {part(below)}
    </mrow>
  );
}
