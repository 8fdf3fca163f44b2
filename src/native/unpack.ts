import { createHash, type Hash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { damaged, readText, withArchive, type Archive } from "./archive.ts";
import { expectLibraryFor } from "./elf.ts";
import { processorOf, type Machine } from "./machine.ts";
import { NativeBuildError } from "./native-build-error.ts";
import { parseRecord, type Recorded } from "./record.ts";
import { expectMetadata, expectWheelName } from "./wheel-tags.ts";

/** What the addon is linked with, and loads when it runs. */
const libraries = ["tensorflow/libtensorflow_cc.so.2", "tensorflow/libtensorflow_framework.so.2"];

/** The headers of TensorFlow's C interface, and what they include. */
const headerFolders = ["tensorflow/include/tensorflow/", "tensorflow/include/tsl/", "tensorflow/include/xla/tsl/"];

const cInterface = "tensorflow/include/tensorflow/c/c_api.h";
const notices = "tensorflow/THIRD_PARTY_NOTICES.txt";

/** How much was unpacked. */
export interface Unpacked {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Unpacks TensorFlow's libraries into `folder/lib` and its C headers into `folder/include`, each file checked against
 * the size and the hash that the wheel records.
 *
 * @throws NativeBuildError if the wheel is not TensorFlow's for this machine, or damaged; the folder then holds rubbish
 */
export async function unpackWheel(
  file: string,
  folder: string,
  { machine, signal }: { readonly machine: Machine; readonly signal: AbortSignal },
): Promise<Unpacked> {
  const metadataFolder = `${expectWheelName(file, machine)}.dist-info`;
  const unpacked = await withArchive(file, async (archive) => {
    const metadata = await readText(archive, `${metadataFolder}/METADATA`);
    expectMetadata(metadata, await readText(archive, `${metadataFolder}/WHEEL`), machine);
    const record = parseRecord(await readText(archive, `${metadataFolder}/RECORD`));
    return extractAll(archive, { record, folder, signal });
  });
  for (const library of libraries) await expectLibraryFor(processorOf(machine), join(folder, target(library)));
  return unpacked;
}

interface Destination {
  readonly record: ReadonlyMap<string, Recorded>;
  readonly folder: string;
  readonly signal: AbortSignal;
}

async function extractAll(archive: Archive, destination: Destination): Promise<Unpacked> {
  const absent = [...libraries, cInterface].filter((name) => !archive.entries.has(name));
  if (absent.length > 0) throw damaged(`it has no ${absent.join(", no ")}`);
  const names = [...archive.entries.keys()].filter(isNeeded);
  let bytes = 0;
  for (const name of names) bytes += await extract(archive, name, destination);
  return { files: names.length, bytes };
}

function isNeeded(name: string): boolean {
  if (libraries.includes(name) || name === notices) return true;
  return headerFolders.some((headers) => name.startsWith(headers));
}

/** Where an entry goes, within the folder. */
function target(name: string): string {
  const path = name.slice("tensorflow/".length);
  return libraries.includes(name) ? `lib/${path}` : path;
}

async function extract(archive: Archive, name: string, { record, folder, signal }: Destination): Promise<number> {
  const entry = archive.entries.get(name);
  const recorded = record.get(name);
  if (entry === undefined || recorded === undefined) throw damaged(`its RECORD does not list ${name}`);
  if (entry.uncompressedSize !== recorded.size) {
    throw damaged(`${name} has ${entry.uncompressedSize} bytes where its RECORD says ${recorded.size}`);
  }
  const path = join(folder, target(name));
  const hash = createHash("sha256");
  try {
    await mkdir(dirname(path), { recursive: true });
    const content = await archive.zip.openReadStreamPromise(entry);
    await pipeline(content, hashing(hash), createWriteStream(path, { flags: "wx" }), { signal });
  } catch (error) {
    signal.throwIfAborted();
    if (isOfDisk(error))
      throw new NativeBuildError(`${path} cannot be written: ${error.message}.`, "wheel", { cause: error });
    throw damaged(`${name} cannot be unpacked`, error);
  }
  const sha256 = hash.digest("base64url");
  if (sha256 !== recorded.sha256) throw damaged(`${name} has the hash ${sha256}, its RECORD ${recorded.sha256}`);
  return recorded.size;
}

/** A full disk, a folder that may not be written to: not the wheel's fault. zlib's codes begin with a Z. */
function isOfDisk(error: unknown): error is Error {
  return error instanceof Error && "code" in error && /^E(?!RR_)/.test(String(error.code));
}

/** Lets bytes through as they are, and feeds them to a hash. */
function hashing(hash: Hash): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
}
