import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { RegimeComparison } from "../../../src/regimes/comparison.ts";
import { reportOf } from "../../../src/report/report-of.ts";
import { sampleComparison } from "../../support/sample-comparison.ts";

const attack = `</script><script>alert("1")</script><!-- <img src=x onerror='alert(1)'> &amp;`;

/** All that a user, a file or a machine may have named, by that name. */
function attacked(): RegimeComparison {
  const comparison = sampleComparison({ batchSizes: [8], momenta: [0], repeats: 1, learningRate: 5 });
  const { problem, network, machine, slice } = comparison;
  return {
    ...comparison,
    problem: { ...problem, name: attack, description: attack },
    network: { ...network, activation: attack, loss: attack },
    backends: [{ name: attack, description: attack }],
    machine: { ...machine, processor: attack, system: attack, runtime: attack, rivulet: attack, tfjs: attack },
    command: attack,
    startedAt: attack,
    secondsAreComparable: false,
    whySecondsAreNot: attack,
    isComplete: false,
    whyIncomplete: attack,
    regimes: comparison.regimes.map((row) => {
      return { ...row, label: attack, reason: attack, optimizer: attack, backend: attack };
    }),
    runs: comparison.runs.map((run) => ({ ...run, reason: attack })),
    slice: slice && { ...slice, axes: [attack, attack] },
    learningRateSweeps: [
      { regime: 0, budget: { unit: "epochs", amount: 1 }, tried: [{ learningRate: 5, loss: null }], chosen: null },
    ],
  };
}

/** What a parser takes for the text of each script element. */
function scriptsIn(page: string): readonly string[] {
  return [...page.matchAll(/<script[^>]*>(.*?)<\/script/gis)].map(([, text = ""]) => text);
}

describe("reportOf", () => {
  const page = reportOf(sampleComparison());

  it("holds the comparison as JSON", () => {
    const [json = ""] = scriptsIn(page);
    const comparison = sampleComparison();
    const { seconds, trainingLoss } = (JSON.parse(json) as RegimeComparison).runs[4]?.curve ?? {};
    const curve = comparison.runs[4]?.curve;
    // 1e-8: fractions are written with nine digits.
    for (const [index, loss] of trainingLoss?.entries() ?? []) {
      expect(loss).toBeCloseTo(Number(curve?.trainingLoss[index]), 8);
      expect(seconds?.[index]).toBeCloseTo(Number(curve?.seconds[index]), 8);
    }
    expect(trainingLoss).toHaveLength(curve?.trainingLoss.length ?? NaN);
    expect(JSON.parse(json)).toMatchObject({ problem: comparison.problem, seeds: comparison.seeds });
  });

  it("lets its own program run, by its hash, and nothing else", () => {
    const [, program = ""] = scriptsIn(page);
    const hash = createHash("sha256").update(program).digest("base64");
    expect(page).toContain(
      `content="default-src &#39;none&#39;; script-src &#39;sha256-${hash}&#39;; style-src &#39;unsafe-inline&#39;; img-src data:"`,
    );
    expect(scriptsIn(page)).toHaveLength(2);
  });

  it("names no address to fetch from", () => {
    const [, program = ""] = scriptsIn(page);
    const own = page.replace(program, "");
    expect(own).not.toMatch(/(?:src|href)="(?!data:)|@import|url\(/);
  });

  it("shows the licences of what its program holds", () => {
    expect(page).toMatch(/^plot:\n\nCopyright 2020-\d{4} Observable, Inc\.\n\nPermission to use, copy, modify/m);
    expect(page).toMatch(/^d3-array.*:\n\nCopyright 2010-\d{4} Mike Bostock\n/m);
  });

  it("is below 400 kB but for the data", () => {
    const [json = ""] = scriptsIn(page);
    expect(Buffer.byteLength(page) - Buffer.byteLength(json)).toBeLessThan(400_000);
  });

  it("takes all names for text", () => {
    const hostile = reportOf(attacked());
    expect(scriptsIn(hostile)).toHaveLength(2);
    expect(hostile).not.toContain("<img");
    const outside = scriptsIn(hostile).reduce((text, script) => text.replace(script, ""), hostile);
    expect(outside).not.toContain("<!-- ");
    expect(outside.match(/&lt;img src=x onerror=&#39;alert\(1\)&#39;&gt; &amp;amp;/g)?.length).toBeGreaterThan(15);
    expect(JSON.parse(scriptsIn(hostile)[0] ?? "")).toMatchObject({ problem: { name: attack } });
  });
});
