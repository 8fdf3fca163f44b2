import { SingleBar } from "cli-progress";
import type { ComparisonProgress } from "rivulet";
import { durationText } from "./number-text.ts";

/** Shows how far a comparison is, and how long it will still take. */
export interface ComparisonBar {
  readonly advance: (progress: ComparisonProgress) => void;
  /** Leaves the screen in order. */
  readonly stop: () => void;
}

/** Lines on the runs in all, where there is no terminal. */
const mostLines = 10;

/** A bar on a terminal, else some plain lines; on the error stream, as results alone go to the output. */
export function startComparisonBar(): ComparisonBar {
  return process.stderr.isTTY ? onTerminal() : inLines((line) => process.stderr.write(`${line}\n`));
}

function onTerminal(): ComparisonBar {
  const bar = new SingleBar({
    format: "{bar} {percentage}%  {left} left  {now}",
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: 20,
    clearOnComplete: true,
    stopOnComplete: false,
    // Else it turns the terminal's line wrap off, and Ctrl-C leaves it so. Too long a line it cuts by itself.
    linewrap: true,
    hideCursor: null,
  });
  bar.start(1000, 0, { left: "…", now: "" });
  return {
    advance: ({ phase, done, total, share, secondsLeft, running }) =>
      bar.update(Math.round(1000 * share), {
        left: durationText(secondsLeft),
        now: phase === "slice" ? running : `run ${Math.min(total, done + 1)}/${total}: ${running}`,
      }),
    stop: () => bar.stop(),
  };
}

/** Some plain lines. @param say takes each of them */
export function inLines(say: (line: string) => void): ComparisonBar {
  let said = 0;
  let isSlicing = false;
  return {
    advance({ phase, done, total, share, secondsLeft, running }) {
      if (phase === "slice") {
        if (!isSlicing) say(`Now ${running}.`);
        isSlicing = true;
        return;
      }
      // The last word is that all have ended.
      const line = done === total ? mostLines : Math.min(mostLines - 1, Math.floor(share * mostLines));
      // Estimates go to and fro.
      if (line <= said) return;
      said = line;
      say(
        `${Math.round((100 * line) / mostLines)} %, ${done} of ${total} runs done, about ${durationText(secondsLeft)} left`,
      );
    },
    stop() {},
  };
}
