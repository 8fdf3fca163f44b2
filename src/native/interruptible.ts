const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Does work that wants to tidy up when the user interrupts it, then lets the interruption end the process as usual. Work
 * whose output cannot be written any more stops too, and in silence: that is told elsewhere.
 *
 * @param interrupted called after the work has tidied up, before the process ends
 */
export async function interruptible(
  work: (signal: AbortSignal) => Promise<void>,
  interrupted: () => void,
): Promise<void> {
  const controller = new AbortController();
  // All of them stay caught until the tidying is over: an impatient second Ctrl-C would leave half of it.
  const stop = (name: NodeJS.Signals) => controller.abort(name);
  const stopUnwritten = (error: Error) => controller.abort(error);
  for (const name of signals) process.on(name, stop);
  process.stdout.on("error", stopUnwritten);
  try {
    await work(controller.signal);
  } catch (error) {
    // Any other error is told: what tidies up may have failed too.
    if (!controller.signal.aborted || error !== controller.signal.reason) throw error;
    if (isByUser(error)) interrupted();
  } finally {
    for (const name of signals) process.off(name, stop);
    process.stdout.off("error", stopUnwritten);
  }
  // The shell then sees that it was a signal that ended it.
  const { reason } = controller.signal as { readonly reason: unknown };
  if (isByUser(reason)) process.kill(process.pid, reason);
}

function isByUser(reason: unknown): reason is NodeJS.Signals {
  return signals.some((name) => name === reason);
}
