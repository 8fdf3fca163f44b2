import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import which from "which";
import { processorOf, type Machine } from "./machine.ts";
import { NativeBuildError } from "./native-build-error.ts";
import { runProcess } from "./run-process.ts";

/** The programs that a build uses, each as the words of its command line. */
export interface Tools {
  readonly compiler: string;
  /** Undefined where a wheel is at hand. */
  readonly pip: readonly string[] | undefined;
  readonly npm: readonly string[] | undefined;
  /** node-gyp's own file. Undefined where it is a command on the PATH. */
  readonly nodeGyp: string | undefined;
}

/** What is not there, and the Debian package that has it. */
interface Missing {
  readonly what: string;
  readonly debian: string;
}

/**
 * Finds what a build uses, before anything is changed.
 *
 * @throws NativeBuildError that lists all that is missing, and how to install it
 */
export async function findTools(
  machine: Machine,
  needs: { readonly pip: boolean; readonly npm: boolean; readonly signal: AbortSignal },
): Promise<Tools> {
  processorOf(machine);
  const { env } = machine;
  const compiler = findCompiler(env);
  const make = findCommand(env["MAKE"] ?? "make", env);
  const python = findPython(env);
  const pip = needs.pip ? await findPip(machine, python, needs.signal) : undefined;
  const npm = findNpm(env);
  const nodeGyp = findNodeGyp(env);
  const missing: Missing[] = [];
  if (compiler === undefined) missing.push({ what: compilerWanted(env), debian: "g++" });
  if (make === undefined) missing.push({ what: env["MAKE"] ?? "make", debian: "make" });
  if (python === undefined) missing.push({ what: "python3", debian: "python3" });
  if (needs.pip && pip === undefined) missing.push({ what: "pip (or --wheel)", debian: "python3-pip" });
  if (needs.npm && npm === undefined) missing.push({ what: "npm", debian: "npm" });
  if (nodeGyp === undefined && findCommand("node-gyp", env) === undefined) {
    missing.push({ what: "node-gyp (it comes with npm)", debian: "npm" });
  }
  if (compiler === undefined || missing.length > 0) throw missingError(missing);
  return { compiler, pip, npm, nodeGyp };
}

function missingError(missing: readonly Missing[]): NativeBuildError {
  const packages = new Set(missing.map(({ debian }) => debian));
  const list = missing.map(({ what }) => what).join(", ");
  const message = `rivulet native needs what is not here: ${list}. On Debian or Ubuntu: apt-get install ${[...packages].join(" ")}.`;
  return new NativeBuildError(`${message} Nothing was changed.`, "requirements");
}

/** The compiler's command: what CXX says, options and all, else the first of these, g++ being what make takes. */
function findCompiler(env: Readonly<NodeJS.ProcessEnv>): string | undefined {
  const wanted = env["CXX"];
  const commands = wanted === undefined || wanted === "" ? ["g++", "c++", "clang++"] : [wanted];
  return commands.find((command) => findCommand(command.trim().split(/\s+/)[0] ?? "", env) !== undefined);
}

function compilerWanted({ CXX }: Readonly<NodeJS.ProcessEnv>): string {
  return CXX === undefined || CXX === ""
    ? "a C++ compiler (g++, c++ or clang++)"
    : `the C++ compiler that CXX names (${CXX})`;
}

/** In the order that node-gyp looks. */
function findPython(env: Readonly<NodeJS.ProcessEnv>): string | undefined {
  const named = env["npm_config_python"] ?? env["NODE_GYP_FORCE_PYTHON"] ?? env["PYTHON"];
  const names = named === undefined ? ["python3", "python"] : [named];
  return names.map((name) => findCommand(name, env)).find((file) => file !== undefined);
}

async function findPip({ env }: Machine, python: string | undefined, signal: AbortSignal) {
  const commands = [...(python === undefined ? [] : [[python, "-m", "pip"]]), ["pip3"], ["pip"]];
  for (const command of commands) {
    if ((await runProcess([...command, "--version"], { env, signal })).ok) return command;
  }
  return undefined;
}

/** By this process's own Node, which need not be the PATH's. */
function findNpm(env: Readonly<NodeJS.ProcessEnv>): readonly string[] | undefined {
  const file = linkTarget(findCommand("npm", env));
  if (file === undefined) return undefined;
  return file.endsWith(".js") ? [process.execPath, file] : [file];
}

/** node-pre-gyp looks for node-gyp beside the Node that runs, where an npm need not be: the PATH's serves as well. */
function findNodeGyp(env: Readonly<NodeJS.ProcessEnv>): string | undefined {
  const npm = linkTarget(findCommand("npm", env));
  const files = [
    env["npm_config_node_gyp"],
    join(dirname(process.execPath), "../lib/node_modules/npm/node_modules/node-gyp/bin/node-gyp.js"),
    npm === undefined ? undefined : join(dirname(npm), "../node_modules/node-gyp/bin/node-gyp.js"),
  ];
  return files.find((file) => file !== undefined && file !== "" && existsSync(file));
}

/** Where a shell with this environment would find a command, or undefined. */
function findCommand(name: string, { PATH = "" }: Readonly<NodeJS.ProcessEnv>): string | undefined {
  return which.sync(name, { path: PATH, nothrow: true }) ?? undefined;
}

/** The file that a link stands for in the end; undefined for nothing. */
function linkTarget(file: string | undefined): string | undefined {
  return file === undefined ? undefined : realpathSync(file);
}
