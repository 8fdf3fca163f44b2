import { formatLogs, type Progress, type ProgressPlan } from "./progress.ts";

/** How many lines a run prints, at most: enough to see the course, few enough for a log file. */
const mostLines = 10;

/** Plain lines, the last epoch's among them: for a log file, a pipe and the browser's console. */
export function createProgress({ epochs }: ProgressPlan, write: (line: string) => void = console.log): Progress {
  const every = Math.ceil(epochs / mostLines);
  const width = String(epochs).length;
  return {
    advance() {},
    endEpoch(epoch, logs) {
      const done = epoch + 1;
      if (done % every === 0 || done === epochs)
        write(`epoch ${String(done).padStart(width)}/${epochs}  ${formatLogs(logs)}`);
    },
    stop() {},
  };
}
