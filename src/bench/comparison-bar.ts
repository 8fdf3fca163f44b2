import { SingleBar } from "cli-progress";
import type { ComparisonProgress } from "rivulet";
import { durationText } from "./number-text.ts";

/** Shows how far a comparison is, and how long it will still take. */
export interface ComparisonBar {
  readonly advance: (progress: ComparisonProgress) => void;
  /** Leaves the screen in order. */
  readonly stop: () => void;
}

/** Lines in all, where there is no terminal. */
const mostLines = 10;

/** A bar on a terminal, else some plain lines; on the error stream, as results alone go to the output. */
export function startComparisonBar(): ComparisonBar {
  return process.stderr.isTTY ? onTerminal() : inLines();
}

function onTerminal(): ComparisonBar {
  const bar = new SingleBar({
    format: "{bar} {percentage}%  {left} left  run {run}/{runs}: {running}",
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: 20,
    clearOnComplete: true,
    stopOnComplete: false,
    // Else it turns the terminal's line wrap off, and Ctrl-C leaves it so. Too long a line it cuts by itself.
    linewrap: true,
    hideCursor: null,
  });
  bar.start(1000, 0, { left: "…", run: 1, runs: "…", running: "" });
  return {
    advance: ({ done, total, share, secondsLeft, running }) =>
      bar.update(Math.round(1000 * share), {
        left: durationText(secondsLeft),
        run: Math.min(total, done + 1),
        // Not total: the bar has its own.
        runs: total,
        running,
      }),
    stop: () => bar.stop(),
  };
}

function inLines(): ComparisonBar {
  let said = -1;
  return {
    advance({ done, total, secondsLeft }) {
      const line = Math.floor((done * mostLines) / total);
      if (line === said || done === 0) return;
      said = line;
      process.stderr.write(`run ${done}/${total} done, about ${durationText(secondsLeft)} left\n`);
    },
    stop() {},
  };
}
