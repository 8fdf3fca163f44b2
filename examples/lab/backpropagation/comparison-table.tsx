import { texts } from "../shell/language.ts";
import { useLatest } from "../shell/use-latest.ts";
import { fixed, significant } from "../texts/numbers.ts";
import { findGradients, nudge, type Findings } from "./by-library.ts";
import type { LayerPass, Network, Passes } from "./network.ts";
import { plainSymbol, QuantitySymbol, type Quantity } from "./symbol.tsx";

const decimals = 7;

/** What the equations give beside what the library finds, by automatic differentiation and by nudging. */
export function ComparisonTable({ network, passes }: { readonly network: Network; readonly passes: Passes }) {
  const { comparison } = texts.value.backpropagation;
  const found = useLatest(async () => findGradients(network), [network]);
  return (
    <section class="comparison">
      <h2>{comparison.title}</h2>
      <p class="note">{comparison.about(nudge)}</p>
      <div class="table-box upright" tabIndex={0} role="region" aria-label={comparison.title}>
        <table class="numbers">
          <caption class="unseen">{comparison.title}</caption>
          <thead>
            <tr>
              {[comparison.quantity, comparison.equations, comparison.automatic, comparison.nudged].map((header) => (
                <th key={header} scope="col">
                  {header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{found !== undefined && rowsOf(passes, found).map(Row)}</tbody>
        </table>
      </div>
      {found !== undefined && (
        <p class="note">
          {comparison.check(found.check.passed, significant(found.check.error, 2), found.check.forwardPasses)}
        </p>
      )}
    </section>
  );
}

interface ComparedRow {
  readonly quantity: Quantity;
  readonly equations: number;
  readonly automatic: number;
  /** None for what belongs to no weight or bias. */
  readonly nudged: number | undefined;
}

function Row({ quantity, equations, automatic, nudged }: ComparedRow, index: number) {
  return (
    <tr key={index}>
      <th scope="row">
        <span class="unseen">{plainSymbol(quantity)}</span>
        <math aria-hidden="true">
          <QuantitySymbol {...quantity} />
        </math>
      </th>
      <td>{fixed(equations, decimals)}</td>
      <td>{fixed(automatic, decimals)}</td>
      <td>{nudged === undefined ? "–" : fixed(nudged, decimals)}</td>
    </tr>
  );
}

function rowsOf(passes: Passes, { automatic, nudged }: Findings): ComparedRow[] {
  return [
    { quantity: { letter: "C" }, equations: passes.cost, automatic: automatic.cost, nudged: undefined },
    ...layerRows(["o1", "o2"], ["h1", "h2"], passes.output, automatic.output, nudged.output),
    ...layerRows(["h1", "h2"], ["i1", "i2"], passes.hidden, automatic.hidden, nudged.hidden),
  ];
}

function layerRows(
  neurons: readonly string[],
  from: readonly string[],
  equations: LayerPass,
  automatic: LayerPass,
  nudged: LayerPass,
): ComparedRow[] {
  const both = [0, 1] as const;
  const name = (j: 0 | 1) => neurons[j] ?? "";
  const deltas = both.map((j) => ({
    quantity: { letter: "δ" as const, neuron: name(j) },
    equations: equations.delta[j],
    automatic: automatic.delta[j],
    nudged: undefined,
  }));
  const biases = both.map((j) => ({
    quantity: { letter: "b" as const, neuron: name(j), isGradient: true },
    equations: equations.biasGradients[j],
    automatic: automatic.biasGradients[j],
    nudged: nudged.biasGradients[j],
  }));
  const weights = both.flatMap((j) =>
    both.map((k) => ({
      quantity: { letter: "w" as const, neuron: name(j), from: from[k] ?? "", isGradient: true },
      equations: equations.weightGradients[j][k],
      automatic: automatic.weightGradients[j][k],
      nudged: nudged.weightGradients[j][k],
    })),
  );
  return [...deltas, ...biases, ...weights];
}
