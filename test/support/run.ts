import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const projectFolder = fileURLToPath(new URL("../..", import.meta.url));

interface Outcome {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs a command as a user would who has no terminal: output piped, no colours. */
export async function run(command: string, parameters: readonly string[], folder = projectFolder): Promise<Outcome> {
  // What npm and vitest set for their own children is not what a user's shell has.
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_ENV|VITEST|FORCE_COLOR)/.test(name));
  const env = { ...Object.fromEntries(inherited), NO_COLOR: "1" };
  return new Promise((resolve) => {
    execFile(command, [...parameters], { cwd: folder, env, maxBuffer: 1e8 }, (error, output, errors) => {
      const code = typeof error?.code === "number" ? error.code : error === null ? 0 : 1;
      resolve({ code, output, errors });
    });
  });
}

/** Runs a command that must end well, and returns what it printed. */
export async function runWell(command: string, parameters: readonly string[], folder = projectFolder): Promise<string> {
  const { code, output, errors } = await run(command, parameters, folder);
  if (code !== 0) throw new Error(`${command} ${parameters.join(" ")} ended with ${code}:\n${output}\n${errors}`);
  return output;
}
