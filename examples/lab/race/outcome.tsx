import { texts } from "../shell/language.ts";
import { findingsOf, type Finding } from "./findings.ts";
import { isStale, raced } from "./run.ts";

/** What came out, in a sentence or a few. */
export function Outcome() {
  const { race } = texts.value;
  const comparison = raced.value?.comparison;
  if (comparison === undefined) return null;
  return (
    <section class="race-outcome" data-stale={isStale.value}>
      <h2 class="unseen">{race.outcome}</h2>
      <p role="status">{race.paragraph(sentences(findingsOf(comparison)))}</p>
    </section>
  );
}

/** Who was first by samples and by time at once is said in one. */
function sentences(findings: readonly Finding[]): string[] {
  const { race } = texts.value;
  const fewest = findings.find((finding) => finding.kind === "fewest");
  const fastest = findings.find((finding) => finding.kind === "fastest");
  if (fewest === undefined || fastest === undefined || fewest.row !== fastest.row) return findings.map(sentence);
  const { target, row, epochs } = fewest;
  const first = race.findings.first(target, race.regime(row.batchSize, row.momentum), epochs, fastest.seconds);
  return [first, ...findings.filter((finding) => finding !== fewest && finding !== fastest).map(sentence)];
}

function sentence(finding: Finding): string {
  const { findings, regime } = texts.value.race;
  switch (finding.kind) {
    case "noneReached":
      return findings.noneReached(finding.target);
    case "fewest":
      return findings.fewest(finding.target, regime(finding.row.batchSize, finding.row.momentum), finding.epochs);
    case "fastest":
      return findings.fastest(regime(finding.row.batchSize, finding.row.momentum), finding.seconds);
    case "lowest":
      return findings.lowest(regime(finding.row.batchSize, finding.row.momentum), finding.loss);
    case "stopped":
      return findings.stopped(finding.missing, finding.all);
    case "missed":
    case "diverged":
    case "failed":
    default:
      return findings[finding.kind](finding.rows.map((row) => regime(row.batchSize, row.momentum)));
  }
}
