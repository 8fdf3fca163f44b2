import { mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { processorOf, type Machine } from "./machine.ts";
import { NativeBuildError } from "./native-build-error.ts";
import { runProcess } from "./run-process.ts";

/** The TensorFlow that the binding was seen to train on. */
export const tensorflowVersion = "2.21.0";

/** What TensorFlow for the CPU is called among Python's packages. On arm64 the plain one is for the CPU too. */
const packages = { x86_64: ["tensorflow-cpu"], aarch64: ["tensorflow-cpu", "tensorflow"] } as const;

/** The same wheel whichever Python is installed: only its C libraries are used. */
const anyPython = ["--python-version", "3.11", "--implementation", "cp", "--abi", "cp311"];

/**
 * Fetches TensorFlow's wheel by pip, from wherever that is set up to fetch.
 *
 * @returns the wheel's file, in `folder`, and its size in bytes
 * @throws NativeBuildError with pip's own reason
 */
export async function downloadWheel(
  folder: string,
  {
    pip,
    machine,
    signal,
  }: { readonly pip: readonly string[]; readonly machine: Machine; readonly signal: AbortSignal },
): Promise<{ readonly file: string; readonly bytes: number }> {
  await mkdir(folder);
  let reason = "";
  for (const name of packages[processorOf(machine).wheelName]) {
    const quiet = ["--quiet", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"];
    const what = ["--no-deps", "--only-binary=:all:", ...anyPython, "--dest", folder, `${name}==${tensorflowVersion}`];
    // pip unpacks nothing here, but keeps what it fetches in its temporary folder first: let that be this disk.
    const env = { ...machine.env, TMPDIR: folder };
    const { ok, output } = await runProcess([...pip, "download", ...quiet, ...what], { env, signal });
    const wheel = (await readdir(folder)).find((file) => file.endsWith(".whl"));
    if (ok && wheel !== undefined) {
      const file = join(folder, wheel);
      return { file, bytes: (await stat(file)).size };
    }
    reason = lastError(output);
  }
  throw new NativeBuildError(
    `pip could not fetch TensorFlow ${tensorflowVersion}: ${reason} Where pip reaches no index, fetch the wheel elsewhere ` +
      `and give it: rivulet native --wheel FILE. Nothing was changed.`,
    "wheel",
  );
}

/** pip's last line that names an error, without addresses: they are long, and may hold passwords. */
function lastError(output: string): string {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const line = lines.findLast((candidate) => /^ERROR\b/.test(candidate)) ?? lines.at(-1) ?? "it gave no reason";
  const plain = line.replaceAll(/\w+:\/\/\S+/g, "(address)").replaceAll(/host='[^']*'/g, "host=(name)");
  return `${plain.trim().slice(0, 300).replace(/\.$/, "")}.`;
}
