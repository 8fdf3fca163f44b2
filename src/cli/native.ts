import { statSync } from "node:fs";
import { resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";

const explanation = `
It links @tensorflow/tfjs-node with the libraries of TensorFlow's Python wheel:
about a minute, 275 MB of download, 1 GB in node_modules. For Linux with glibc
on x64 or arm64, with a C++ compiler, make and Python.
npm install leaves it where it is; after npm ci it is to be built again. To
build anew what runs already, remove node_modules/@tensorflow/tfjs-node first.

Examples:
  $ npx rivulet native
  $ npx rivulet native --wheel tensorflow_cpu-2.21.0-cp311-….whl`;

/** `rivulet native`: builds the binding of the tensorflow backend where its own install cannot download. */
export function nativeCommand(): Command {
  return new Command("native")
    .description("Build the native binding, for the tensorflow backend, where its own install cannot download.")
    .option("--wheel <file>", "a wheel of TensorFlow at hand, instead of one that pip fetches", existingFile)
    .addHelpText("after", explanation)
    .action(async ({ wheel }: { readonly wheel?: string }) => {
      // Only this command needs them, and starting is to be quick.
      const { buildNative } = await import("../native/build-native.ts");
      const { interruptible } = await import("../native/interruptible.ts");
      const { thisMachine } = await import("../native/machine.ts");
      const say = (line: string) => process.stdout.write(`${line}\n`);
      const build = async (signal: AbortSignal) => buildNative({ wheel, say, signal, machine: thisMachine() });
      await interruptible(build, () => process.stderr.write("Stopped. Everything is as it was before.\n"));
    });
}

function existingFile(path: string): string {
  if (!isFile(path)) throw new InvalidArgumentError("There is no such file.");
  return resolve(path);
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    // Also names that no file can have.
    return false;
  }
}
