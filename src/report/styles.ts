/**
 * The page's style sheet. The hues are told apart with every common colour blindness as far as seven can be, and have a
 * contrast of 4.5 and more on the page, so that they serve for text too; nothing is told by them alone.
 */
export const styles = `
:root {
  color-scheme: light dark;
  --paper: #fffefb; --ink: #1d1d1f; --faint: #5c5c61; --line: #d9d6cd; --tint: #f5f3ec; --link: #00589c;
  --shade: #a8b4c4; --contour: #7d8794;
  --hue-0: #0072b2; --hue-1: #b84a00; --hue-2: #00755b; --hue-3: #a6287a; --hue-4: #7a5f00; --hue-5: #5b4bc4; --hue-6: #555;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", "Source Serif 4", Georgia, serif;
  --sans: system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16181d; --ink: #e8e6e1; --faint: #a9a8a4; --line: #3a3d45; --tint: #1f2229; --link: #8cc4ff;
    --shade: #5d6b80; --contour: #7a8799;
    --hue-0: #6cb6f2; --hue-1: #ff9d5c; --hue-2: #4cc9a3; --hue-3: #f38fc7; --hue-4: #dfc04a; --hue-5: #b0a4ff; --hue-6: #c4c4c4;
  }
}
* { box-sizing: border-box; }
html { font-size: clamp(16px, 0.3vw + 12px, 20px); -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 2rem clamp(1rem, 4vw, 3rem) 4rem; max-width: 84rem;
  background: var(--paper); color: var(--ink); font: 1rem/1.55 var(--serif); overflow-wrap: anywhere;
}
header > div, .setting, main > section > p, .figures p { max-width: 44rem; }
.kicker { margin: 0; color: var(--faint); font: 0.8rem var(--sans); letter-spacing: 0.04em; }
h1 { margin: 0.2rem 0 1rem; font-size: clamp(1.6rem, 4vw, 2.3rem); line-height: 1.15; font-weight: 600; text-wrap: balance; }
h2 { margin: 0 0 0.6rem; font-size: 1.35rem; line-height: 1.25; font-weight: 600; }
section { margin-top: 2.8rem; }
.figures > section:first-child { margin-top: 0; }
p { margin: 0 0 0.7rem; }
.lede { font-size: 1.2rem; line-height: 1.45; }
.setting, .note, figcaption, fieldset, table, dl, pre { font-family: var(--sans); font-size: 0.875rem; line-height: 1.45; }
.setting, .note { color: var(--faint); }
.charts { margin-top: 2.4rem; }
form { margin: 0 0 2rem; }
fieldset { margin: 0 0 1rem; padding: 0; border: 0; min-width: 0; }
legend { padding: 0 0 0.3rem; font-weight: 600; }
label { display: flex; align-items: center; gap: 0.45rem; padding: 0.15rem 0; cursor: pointer; }
label .name { flex: 1; }
input { margin: 0; width: 1.05rem; height: 1.05rem; flex: none; accent-color: var(--link); }
button {
  padding: 0.2rem 0.6rem; border: 1px solid var(--faint); border-radius: 0.3rem;
  background: var(--paper); color: inherit; font: inherit; cursor: pointer;
}
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.regimes p { margin: 0.4rem 0 0; }
.swatch { flex: none; display: inline-block; width: 36px; height: 14px; }
figure + figure { margin-top: 1.8rem; }
.panels figure + figure { margin-top: 0; }
#loss figcaption { margin-bottom: 0.2rem; color: inherit; font-weight: 600; }
.panels { display: grid; gap: 1.6rem 1.4rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); }
figure { margin: 0; min-width: 0; }
.panels figcaption { margin-bottom: 0.2rem; font-weight: 600; }
section > figure figcaption { color: var(--faint); }
.plot { min-width: 0; }
svg.chart { display: block; max-width: 100%; height: auto; overflow: visible; font: 12px var(--sans); color: var(--ink); --plot-background: var(--paper); }
svg.key { display: block; overflow: visible; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 0.35rem 0.5rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400; }
thead th { vertical-align: bottom; font-weight: 600; border-bottom-color: var(--faint); }
th[scope="colgroup"] { text-align: center; border-bottom-color: var(--line); }
thead button { padding: 0; border: 0; border-radius: 0; background: none; font-weight: inherit; text-align: inherit; }
thead button:hover { text-decoration: underline; }
[aria-sort] button::after { content: " ↑"; }
[aria-sort="descending"] button::after { content: " ↓"; }
tbody th { min-width: 9.5rem; }
.number { text-align: right; white-space: nowrap; }
.which { white-space: nowrap; }
.which .swatch { margin-right: 0.5rem; vertical-align: middle; }
.range { display: block; color: var(--faint); font-size: 0.8em; }
.reason { min-width: 16rem; }
.chosen { padding: 0 0.25rem; outline: 1px solid currentColor; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.3rem 1.4rem; margin: 0; }
dt { grid-column: 1; color: var(--faint); }
dd { grid-column: 2; margin: 0; }
pre { margin: 0 0 1.2rem; padding: 0.7rem 0.9rem; background: var(--tint); white-space: pre-wrap; }
code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: 0.9em; }
@media (min-width: 68rem) {
  header { display: grid; grid-template-columns: minmax(0, 44rem) minmax(0, 24rem); gap: 2.6rem; justify-content: space-between; align-items: end; }
  .setting { margin: 0 0 0.7rem; padding-left: 1.2rem; border-left: 1px solid var(--line); }
  .charts { display: grid; grid-template-columns: 18rem minmax(0, 1fr); gap: 2.4rem; }
  form { position: sticky; top: 1.2rem; align-self: start; max-height: calc(100vh - 2.4rem); overflow-y: auto; padding: 3px; }
}
@media (max-width: 34rem) {
  dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
  dt { margin-top: 0.6rem; }
  dt, dd { grid-column: 1; }
}
@media print {
  @page { margin: 14mm; }
  :root {
    color-scheme: light;
    --paper: #fff; --ink: #000; --faint: #444; --line: #ccc; --tint: #f4f4f4; --shade: #a8b4c4; --contour: #7d8794;
    --hue-0: #0072b2; --hue-1: #b84a00; --hue-2: #00755b; --hue-3: #a6287a; --hue-4: #7a5f00; --hue-5: #5b4bc4; --hue-6: #555;
  }
  html { font-size: 11px; }
  body { padding: 0; max-width: none; }
  .charts { display: block; }
  form { position: static; max-height: none; }
  form fieldset:not(.regimes), form button { display: none; }
  .regimes { columns: 2; }
  .regimes label:has(input:not(:checked)), .regimes input { display: none; }
  .scroll { overflow: visible; }
  table { font-size: 0.68rem; }
  th, td { padding: 0.2rem 0.25rem; }
  tbody th { min-width: 7rem; }
  figure, tr, pre { break-inside: avoid; }
  h2 { break-after: avoid; }
}
`;
