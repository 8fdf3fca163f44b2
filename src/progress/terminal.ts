import { SingleBar } from "cli-progress";
import { createProgress as createLines } from "./lines.ts";
import { formatLogs, type Progress, type ProgressPlan } from "./progress.ts";

/** A bar on a terminal, plain lines where there is none. On the error stream: results alone go to the output. */
export function createProgress(plan: ProgressPlan): Progress {
  if (!process.stderr.isTTY) return createLines(plan, (line) => process.stderr.write(`${line}\n`));
  const { epochs, stepsPerEpoch } = plan;
  const bar = new SingleBar({
    format: "epoch {epoch}/{epochs} {bar} {percentage}%  {logs}  {eta_formatted} left",
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: 20,
    etaBuffer: 100,
    stopOnComplete: false,
    // Else it turns the terminal's line wrap off, and Ctrl-C leaves it so. Too long a line it cuts by itself.
    linewrap: true,
    hideCursor: null,
  });
  bar.start(epochs * stepsPerEpoch, 0, { epoch: 1, epochs, logs: "" });
  return {
    advance(steps) {
      bar.update(steps);
    },
    endEpoch(epoch, logs) {
      bar.update({ epoch: epoch + 1, logs: formatLogs(logs) });
    },
    stop() {
      bar.stop();
    },
  };
}
