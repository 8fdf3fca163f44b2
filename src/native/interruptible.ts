const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Does work that wants to tidy up when the user interrupts it, then lets the interruption end the process as usual.
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
  for (const name of signals) process.on(name, stop);
  try {
    await work(controller.signal);
  } catch (error) {
    // Any other error is told: what tidies up may have failed too.
    if (!controller.signal.aborted || error !== controller.signal.reason) throw error;
    interrupted();
  } finally {
    for (const name of signals) process.off(name, stop);
  }
  // The shell then sees that it was a signal that ended it.
  if (controller.signal.aborted) process.kill(process.pid, controller.signal.reason as NodeJS.Signals);
}
