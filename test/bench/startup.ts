/**
 * How long a program waits before it can train: `import "rivulet"` and the start of the wasm backend, in a new process
 * each time. Prints the median and the spread.
 *
 *     npm run bench:startup
 */
import { execFileSync } from "node:child_process";
import { markdownTable } from "markdown-table";

const rounds = 15;
const program = `
const before = performance.now();
const { useBackend } = await import("rivulet");
const imported = performance.now();
await useBackend("wasm");
console.log(JSON.stringify([imported - before, performance.now() - imported]));
`;

const measured = Array.from({ length: rounds }, () => {
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" });
  const [imported = NaN, started = NaN] = JSON.parse(output) as number[];
  return { imported, started, both: imported + started };
});

const rows = (["imported", "started", "both"] as const).map((part) => {
  const sorted = measured.map((times) => times[part]).toSorted((a, b) => a - b);
  const at = (fraction: number) => String(Math.round(sorted[Math.floor(fraction * (sorted.length - 1))] as number));
  return [part, at(0.5), at(0), at(1)];
});
console.log(markdownTable([["part", "median, ms", "least", "most"], ...rows], { align: ["l", "r", "r", "r"] }));
