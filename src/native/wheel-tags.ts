import { basename } from "node:path";
import { processorOf, type Machine } from "./machine.ts";
import { NativeBuildError } from "./native-build-error.ts";

/** The distributions of TensorFlow that hold its libraries for Linux. */
const distributions = new Set(["tensorflow", "tensorflow_cpu", "tensorflow_cpu_aws", "tensorflow_aarch64"]);

/** The oldest C library that the older names of manylinux stand for. */
const olderNames: Readonly<Partial<Record<string, number>>> = { manylinux2010: 12, manylinux2014: 17 };

/**
 * Checks what a wheel's file is called, `tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl`.
 * https://packaging.python.org/en/latest/specifications/binary-distribution-format/
 *
 * @returns the start of its metadata folder's name, `tensorflow_cpu-2.21.0`
 * @throws NativeBuildError if it is no wheel of TensorFlow for this machine
 */
export function expectWheelName(file: string, machine: Machine): string {
  const name = basename(file);
  const parts = name.replace(/\.whl$/, "").split("-");
  const platform = parts.at(-1);
  if (!name.endsWith(".whl") || platform === undefined || parts.length < 5 || parts.length > 6) {
    throw refusal(`expected a wheel, named like ${example(machine)}, got ${name}.`);
  }
  expectDistribution(parts[0] ?? "", `The file ${name}`, machine);
  expectPlatform([platform], `The file ${name}`, machine);
  return `${parts[0]}-${parts[1]}`;
}

/** @throws NativeBuildError if a wheel's METADATA and WHEEL say other than that it is TensorFlow for this machine */
export function expectMetadata(metadata: string, wheel: string, machine: Machine): void {
  const tags = [...wheel.matchAll(/^Tag: *\S+-(\S+) *\r?$/gm)].map(([, platform = ""]) => platform);
  const name = /^Name: *(\S+) *\r?$/m.exec(metadata)?.[1] ?? "";
  expectDistribution(name, "The wheel's METADATA", machine);
  expectPlatform(tags, "The wheel's WHEEL", machine);
}

function expectDistribution(name: string, where: string, machine: Machine): void {
  // Wheels spell one name in several ways: "tensorflow-cpu", "Tensorflow_CPU".
  if (distributions.has(name.toLowerCase().replace(/[-_.]+/g, "_"))) return;
  throw refusal(`expected TensorFlow's, as in ${example(machine)}. ${where} names ${name || "nothing"}.`);
}

function expectPlatform(tags: readonly string[], where: string, machine: Machine): void {
  // One tag may stand for several, "manylinux_2_17_x86_64.manylinux2014_x86_64".
  if (tags.some((tag) => tag.split(".").some((platform) => fits(platform, machine)))) return;
  const wanted = `manylinux_…_${processorOf(machine).wheelName}, for a glibc of at most ${machine.glibc}`;
  throw refusal(`expected one for ${wanted}. ${where} is for ${tags.join(", ") || "no platform"}.`);
}

/** `manylinux_2_27_x86_64`: glibc 2.27 or newer. */
function fits(platform: string, machine: Machine): boolean {
  const { wheelName } = processorOf(machine);
  if (!platform.endsWith(`_${wheelName}`)) return false;
  const system = platform.slice(0, -wheelName.length - 1);
  const minor = olderNames[system] ?? Number(/^manylinux_2_(\d+)$/.exec(system)?.[1] ?? Number.NaN);
  const [major = 0, here = 0] = (machine.glibc ?? "").split(".").map(Number);
  return major > 2 || (major === 2 && minor <= here);
}

function example(machine: Machine): string {
  return `tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_${processorOf(machine).wheelName}.whl`;
}

function refusal(reason: string): NativeBuildError {
  return new NativeBuildError(`This wheel is not for this machine: ${reason} Nothing was changed.`, "wheel");
}
