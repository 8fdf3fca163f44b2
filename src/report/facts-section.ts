import type { RegimeComparison } from "../regimes/comparison.ts";
import { html, type Markup } from "./markup.ts";
import { countOf, formatNumber, formatSetting } from "./numbers.ts";

const targetsFrom = {
  asked: "as asked for",
  problem: "the problem’s own",
  "best run": "at nine tenths of the deepest fall of any run",
} as const;

/** Where and how it was measured: all that somebody needs who wants to do it again. */
export function factsSection(comparison: RegimeComparison): Markup {
  const { command } = comparison;
  const facts = [...factsOfWork(comparison), ...factsOfPlace(comparison)];
  const lines = facts.flatMap(([name, ...texts]) =>
    texts.some((text) => text !== "")
      ? html`<dt>${name}</dt>
          ${texts.map((text) => html`<dd><bdi>${text}</bdi></dd>`)}`
      : [],
  );
  return html`<section id="facts">
    <h2>How this was made</h2>
    ${
      command === null
        ? html`<p>By a program that called <code>compareRegimes</code>.</p>`
        : html`<pre tabindex="0" role="region" aria-label="Command line"><code>${command}</code></pre>`
    }
    <dl>${lines}</dl>
  </section>`;
}

type Fact = readonly [name: string, ...texts: readonly string[]];

function factsOfWork({ problem, network, budget, target, seeds, regimes, ...rest }: RegimeComparison): readonly Fact[] {
  const samples = `${countOf(problem.trainingSamples, "training sample")}, ${
    problem.validationSamples === 0
      ? "none for validation"
      : `${formatNumber(problem.validationSamples)} for validation`
  }; ${countOf(problem.features, "input")}, ${countOf(problem.outputs, "output")}`;
  const goal = target.loss === null ? "none" : `${formatNumber(target.loss)}, ${targetsFrom[target.from]}`;
  const optimizers = [...new Set(regimes.map(({ optimizer }) => optimizer))].join(", ");
  const momenta = [...new Set(regimes.map(({ momentum }) => momentum ?? "none"))].join(", ");
  const activation = network.layers.length > 2 ? network.activation : "linear";
  const rates = [...new Set(regimes.map(({ learningRate }) => formatSetting(learningRate)))];
  return [
    ["Problem", problem.name, problem.description, samples],
    ["Network", `${network.layers.join("–")}, ${activation}, ${countOf(network.parameters, "parameter")}`],
    ["Loss", network.loss],
    ["Update rule", `${optimizers}; momentum ${momenta}`],
    ...(rates.length === 1 ? [["Learning rate", rates.join("")] as const] : []),
    ["Budget of each run", `${formatNumber(budget.amount)} ${budget.unit}`],
    ["Target loss", goal],
    ["Seeds", seeds.join(", ")],
    ["Jobs at a time", `${rest.workers}${rest.secondsAreComparable ? "" : `. ${rest.whySecondsAreNot ?? ""}`}`],
  ];
}

function factsOfPlace({ machine, backends, startedAt, wallSeconds }: RegimeComparison): readonly Fact[] {
  const { processor, cores, system, runtime, rivulet, tfjs, load } = machine;
  const threads = cores === null ? "" : countOf(cores, "thread");
  return [
    ["Backend", ...backends.map(({ name, description }) => description || name)],
    ["Machine", [processor, threads, system].filter((part) => part !== null && part !== "").join(", ")],
    ["Load when it began", load === null ? "" : `${formatNumber(load)} processes wanted to run`],
    ["Versions", `rivulet ${rivulet}, tfjs ${tfjs}, ${runtime}`],
    ["Began", startedAt.replace("T", " ").replace(/(\.\d+)?Z$/, " UTC")],
    ["Took", `${formatNumber(wallSeconds)} seconds`],
  ];
}
