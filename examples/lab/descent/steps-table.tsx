import * as tf from "@tensorflow/tfjs-core";
import { useSignal } from "@preact/signals";
import type { ComponentChild } from "preact";
import { useMemo, useRef } from "preact/hooks";
import { name, row, sign, upright } from "../equations/mathml.tsx";
import { texts } from "../shell/language.ts";
import { useLatest } from "../shell/use-latest.ts";
import { calmSteps } from "./calm-step.ts";
import type { DescentFunction } from "./functions.ts";
import type { DescentPath } from "./path.ts";
import { isPlaying, paths } from "./run.ts";
import { parts, state } from "./state.ts";
import { Blocks } from "./table-blocks.tsx";
import { keptRows, tableRows, type Cells } from "./table-rows.ts";
import type { RuleName } from "./rules.ts";
import { RuleEquation } from "./rule-equation.tsx";

/** The table of every step of one rule. It grows as the run goes on, and shows its last row. */
export function StepsTable({ f }: { readonly f: DescentFunction }) {
  const { descent } = texts.value;
  const shown = parts.shown.value;
  return (
    <section class="descent-table">
      <h2>{descent.table.title}</h2>
      <label class="inline">
        <span>{descent.table.of}</span>
        <select value={shown} onChange={(event) => state.change({ shown: event.currentTarget.value as RuleName })}>
          {parts.rules.value.map((rule) => (
            <option key={rule} value={rule}>
              {descent.rules[rule]}
            </option>
          ))}
        </select>
      </label>
      <RuleEquation rule={shown} />
      <Rows f={f} path={paths.value.get(shown)} caption={descent.table.caption(descent.rules[shown])} />
    </section>
  );
}

interface RowsProps {
  readonly f: DescentFunction;
  readonly path: DescentPath | undefined;
  readonly caption: string;
}

function Rows({ f, path, caption }: RowsProps) {
  const inner = useLatest(async () => innerValues(f, path), [f, path]);
  const had = useRef<readonly Cells[]>([]);
  const rows = useMemo(() => (had.current = keptRows(had.current, tableRows(path, inner))), [path, inner]);
  const head = useMemo(() => <Head f={f} />, [f]);
  const isAtEnd = useSignal(true);
  const count = Math.min(calmSteps.table.value + 1, rows.length);
  return (
    <div
      class="table-box"
      tabIndex={0}
      role="region"
      aria-label={caption}
      // The styles have it scroll from its end, which is 0.
      onScroll={({ currentTarget }) => (isAtEnd.value = Math.abs(currentTarget.scrollTop) < 2)}
    >
      <table class="numbers" data-steps={count}>
        <caption class="unseen">{caption}</caption>
        {head}
        <Blocks rows={rows} count={count} isShort={isPlaying.value && isAtEnd.value} />
      </table>
    </div>
  );
}

function Head({ f }: { readonly f: DescentFunction }) {
  return (
    <thead>
      <tr>
        {headers(f).map(({ label, math }) => (
          <th key={label} scope="col">
            <span class="unseen">{label}</span>
            <math aria-hidden="true">{math}</math>
          </th>
        ))}
      </tr>
    </thead>
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

/** A column's name, set as mathematics and, for who hears the page, as text. */
interface Header {
  readonly label: string;
  readonly math: ComponentChild;
}

function headers({ variables, inner }: DescentFunction): Header[] {
  const letter = (text: string): Header => ({ label: text, math: name(text) });
  const change = (text: string): Header => ({ label: `Δ${text}`, math: row(upright("Δ"), name(text)) });
  const slope = (d: string, above: string, below: string): Header => ({
    label: `${d}${above}/${d}${below}`,
    math: row(upright(d), name(above), sign("/"), upright(d), name(below)),
  });
  if (variables === 1) {
    const middle = inner === undefined ? [] : [letter(inner.name)];
    return [letter("i"), letter("x"), ...middle, slope("d", "y", "x"), change("x"), letter("y")];
  }
  const slopes = [slope("∂", "z", "x"), slope("∂", "z", "y")];
  return [letter("i"), letter("x"), letter("y"), ...slopes, change("x"), change("y"), letter("z")];
}
