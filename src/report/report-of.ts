import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { RegimeComparison } from "../regimes/comparison.ts";
import { findingsOf } from "./findings.ts";
import { html, jsonInScript, Markup } from "./markup.ts";
import { sectionsOf } from "./sections.ts";
import { styles } from "./styles.ts";

/**
 * A comparison as a page of its own: HTML that a browser opens from a file, without fetching anything. It holds the
 * comparison as JSON, the words and the table that follow from it, and the program that draws the charts.
 *
 * @throws what the file system says if the program is not there, which a build makes
 */
export function reportOf(comparison: RegimeComparison): string {
  const program = readFileSync(createRequire(import.meta.url).resolve("#report-page"), "utf8");
  const title = `Regimes of descent on ${comparison.problem.name}`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policyFor(program)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style>
          ${new Markup(styles)}
        </style>
      </head>
      <body>
        ${sectionsOf(comparison, findingsOf(comparison))}
        <script type="application/json" id="comparison">
          ${jsonInScript(comparison)}
        </script>
        ${scriptOf(program)}
      </body>
    </html> `;
  return page.toString();
}

/** Without a space more: the policy knows the program by its bytes. */
function scriptOf(program: string): Markup {
  return new Markup(`<script>${program}</script>`);
}

/** Only this program runs, whatever a name that came through would try; Plot writes style elements. */
function policyFor(program: string): string {
  const hash = createHash("sha256").update(program).digest("base64");
  return `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:`;
}
