import { reasonOf, systemReasons } from "../io/files/system-reasons.ts";

/** 128 + 13: what a shell says of a tool that SIGPIPE ended, which Node leaves to the program. */
const unreadExitCode = 141;

/**
 * Has the process end as other tools do where its output cannot be written: in silence where its reader has gone, as after
 * `| head -1`, else with a line. What is at work has to stop by itself, as `interruptible` does.
 */
export function watchOutput(): void {
  let isOver = false;
  const end = (error: NodeJS.ErrnoException) => {
    // Each further piece of output fails in turn.
    if (isOver) return;
    isOver = true;
    const isUnread = error.code === "EPIPE";
    process.exitCode = isUnread ? unreadExitCode : 1;
    if (!isUnread) process.stderr.write(`The output cannot be written: ${why(error)}\n`);
  };
  process.stdout.on("error", end);
  process.stderr.on("error", end);
}

function why(error: Error): string {
  const [problem, mend] = reasonOf(error, systemReasons) ?? [error.message, "Choose another place."];
  return `${problem}. ${mend}`;
}
