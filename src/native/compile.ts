import { existsSync } from "node:fs";
import { cp } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { NativeBuildError } from "./native-build-error.ts";
import { runProcess } from "./run-process.ts";
import type { Tools } from "./requirements.ts";

/** What of the binding's package its compilation reads. */
const sourceFiles = ["package.json", "binding.gyp", "binding"];

/**
 * Compiles the addon by the binding's own recipe, in a folder that holds `deps` and gets `lib`, away from its package.
 *
 * @param binding the package's folder
 * @throws NativeBuildError with the compiler's first error
 */
export async function compileAddon(
  binding: string,
  folder: string,
  options: { readonly tools: Tools; readonly env: Readonly<NodeJS.ProcessEnv>; readonly signal: AbortSignal },
): Promise<void> {
  const { tools, env, signal } = options;
  for (const name of sourceFiles) await cp(join(binding, name), join(folder, name), { recursive: true });
  const preGyp = createRequire(join(binding, "package.json")).resolve("@mapbox/node-pre-gyp/bin/node-pre-gyp");
  const command = [process.execPath, preGyp, "install", "--build-from-source"];
  const headers = headersFolder(env);
  const settings = {
    CXX: tools.compiler,
    ...(headers !== undefined && { npm_config_nodedir: headers }),
    ...(tools.nodeGyp !== undefined && { npm_config_node_gyp: tools.nodeGyp }),
  };
  const { ok, output } = await runProcess(command, { env: { ...env, ...settings }, signal, folder });
  if (ok) return;
  const wanted = "Node's headers are not beside it; npm_config_nodedir=FOLDER names a folder with include/node. ";
  const mend = headers === undefined ? wanted : "";
  const message = `The addon did not compile: ${firstError(output)}. ${mend}What was built was removed again.`;
  throw new NativeBuildError(message, "compilation");
}

/** The folder with the headers of the Node that runs; undefined where node-gyp has to download them. */
function headersFolder({ npm_config_nodedir: wanted }: Readonly<NodeJS.ProcessEnv>): string | undefined {
  if (wanted !== undefined && wanted !== "") return wanted;
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, "include/node/node.h")) ? prefix : undefined;
}

function firstError(output: string): string {
  const lines = output.split("\n").map((line) => line.trim());
  const line = lines.find((text) => /(error|Error):|ERR! stack|cannot find/.test(text)) ?? lines.at(-1) ?? "";
  return line.slice(0, 300).replace(/\.$/, "") || "no reason was given";
}
