import type { RegimeComparison } from "../regimes/comparison.ts";
import { html, type Markup } from "./markup.ts";

/** Room for the charts that the page's program draws, with what sets them. */
export function chartsSection(comparison: RegimeComparison): Markup {
  return html`<noscript
      ><p class="note">The charts are drawn by JavaScript, which is off. The numbers are below.</p></noscript
    >
    <div class="charts" id="charts">
      ${controls(comparison)}
      <div class="figures">
        ${lossFigures(comparison)} ${paceFigure(comparison)} ${pathFigures(comparison)} ${noiseFigure()}
      </div>
    </div>`;
}

/** Steps are many times more for some regimes than for others: on an even axis the others would be a stroke at its start. */
const uneven = 8;

function logCountBox({ regimes }: RegimeComparison): Markup {
  const steps = regimes.flatMap(({ measured }) => measured.steps?.median ?? []);
  const isUneven = Math.max(...steps) > uneven * Math.min(...steps);
  return isUneven
    ? html`<input type="checkbox" name="logCount" checked />`
    : html`<input type="checkbox" name="logCount" />`;
}

function controls(comparison: RegimeComparison): Markup {
  const { regimes, problem } = comparison;
  const choices = regimes.map(
    ({ index, label }) =>
      html`<label
        ><input type="checkbox" name="regime" value="${index}" checked /><span
          class="swatch"
          data-regime="${index}"
        ></span
        ><span class="name">${index + 1} <bdi>${label}</bdi></span></label
      >`,
  );
  const losses = html`<fieldset>
    <legend>Loss on</legend>
    <label><input type="radio" name="loss" value="trainingLoss" checked />the training samples</label>
    <label><input type="radio" name="loss" value="validationLoss" />the validation samples</label>
  </fieldset>`;
  return html`<form id="controls" aria-label="What the charts show">
    <fieldset class="regimes">
      <legend>Regimes</legend>
      ${choices}
      <p><button type="button" value="all">Show all</button> <button type="button" value="none">Hide all</button></p>
    </fieldset>
    ${problem.validationSamples === 0 ? null : losses}
    <fieldset>
      <legend>Log scales</legend>
      <label><input type="checkbox" name="logLoss" checked />of the loss</label>
      <label>${logCountBox(comparison)}of epochs, steps and seconds</label>
    </fieldset>
  </form>`;
}

function lossFigures({ repeats, secondsAreComparable, whySecondsAreNot }: RegimeComparison): Markup {
  const axes = ["epochs", "steps", "seconds"] as const;
  const figures = axes.map((axis) => {
    const why = axis === "seconds" && !secondsAreComparable ? html`<p class="note">${whySecondsAreNot}</p>` : null;
    return html`<figure id="loss-${axis}" data-axis="${axis}">
      <figcaption>Loss against ${axis}</figcaption>
      <div class="plot"></div>
      ${why}
    </figure>`;
  });
  const bands =
    repeats === 1 ? "" : " A line is the median of the runs; the band around it holds the middle half of them.";
  return html`<section id="loss">
    <h2>Loss</h2>
    <p>The loss on all samples, measured beside the training, whose seconds it does not count.${bands}</p>
    ${figures}
    <p class="note" id="loss-note"></p>
  </section>`;
}

function paceFigure({ secondsAreComparable, whySecondsAreNot }: RegimeComparison): Markup {
  const why = html`<p class="note">Not comparable between regimes: <bdi>${whySecondsAreNot ?? ""}</bdi></p>`;
  return html`<section id="pace">
    <h2>Steps per second</h2>
    ${secondsAreComparable ? null : why}
    <figure id="pace-bars">
      <div class="plot"></div>
      <figcaption>
        A step takes one batch. The thin line spans the quartiles. Warm-up, tracing and shader compilation are not
        counted.
      </figcaption>
    </figure>
  </section>`;
}

function pathFigures({ slice, runs }: RegimeComparison): Markup {
  if (slice === null || !runs.some(({ path }) => path !== null)) return html``;
  const shares = slice.explained?.map((share) => `${Math.round(100 * share)} %`).join(" and ");
  const plane =
    slice.kind === "parameters"
      ? "The model has two weights, so that the plane is all there is."
      : `The plane is the one in which the paths spread most: its two directions hold ${shares ?? "an unknown share"} of ` +
        "their spread. What a path does at a right angle to the plane is not seen.";
  return html`<section id="paths">
    <h2>Paths over the loss</h2>
    <p>
      The training loss over a plane through the space of weights, and the way that each regime took (repeat
      ${slice.repeat + 1}): from the ring to the filled mark. ${plane}
    </p>
    <div class="panels" id="path-panels"></div>
    <p class="note" id="path-note"></p>
  </section>`;
}

function noiseFigure(): Markup {
  return html`<section id="noise">
    <h2>Gradient noise</h2>
    <p>
      How far the gradients of single batches lie from the gradient of all samples, as a share of that gradient’s
      length. At 1 the noise is as large as the signal.
    </p>
    <figure id="noise-dots">
      <div class="plot"></div>
      <figcaption>Ring: before the first step. Filled mark: after the last.</figcaption>
    </figure>
  </section>`;
}
