import { spawn } from "node:child_process";

/** How a process ended. */
export interface Ended {
  readonly ok: boolean;
  /** The end of what it printed, on both streams. */
  readonly output: string;
}

/** Enough for every error that a compiler prints, and bounded whatever runs. */
const longestOutput = 1_000_000;

/** In ms: what does not end by itself in this time is ended. */
const patience = 5000;

/**
 * Runs a command to its end, and its children with it: when the signal aborts, all of them are ended.
 *
 * @throws the signal's reason if it aborts; nothing if the command fails or is not there, `ok` says so
 */
export async function runProcess(
  [command = "", ...parameters]: readonly string[],
  options: { readonly env: Readonly<NodeJS.ProcessEnv>; readonly signal: AbortSignal; readonly folder?: string },
): Promise<Ended> {
  const { env, signal, folder } = options;
  signal.throwIfAborted();
  // A group of its own, so that make's compilers end with make. English, so that error lines can be found.
  const settings = { cwd: folder, env: { ...env, LC_ALL: "C" }, stdio: ["ignore", "pipe", "pipe"] as const };
  const child = spawn(command, parameters, { ...settings, stdio: [...settings.stdio], detached: true });
  let killing: NodeJS.Timeout | undefined;
  const end = () => {
    endGroup(child.pid, "SIGTERM");
    killing = setTimeout(() => endGroup(child.pid, "SIGKILL"), patience);
  };
  signal.addEventListener("abort", end);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output = (output + text).slice(-longestOutput)));
  }
  const ok = await new Promise<boolean>((resolve) => {
    child.on("close", (code) => resolve(code === 0));
    child.on("error", ({ message }) => {
      output += message;
      resolve(false);
    });
  });
  clearTimeout(killing);
  signal.removeEventListener("abort", end);
  signal.throwIfAborted();
  return { ok, output };
}

function endGroup(group: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (group !== undefined) process.kill(-group, signal);
  } catch {
    // It ended by itself in the meantime.
  }
}
