import yauzl from "yauzl";
import { NativeBuildError } from "./native-build-error.ts";

/** Far above what TensorFlow's wheels hold, and small enough for any machine that can use them. */
const limits = { entries: 200_000, bytes: 8e9, textBytes: 32e6 };

const fileType = 0o170000;
const symbolicLink = 0o120000;

/** A zip archive whose entries were looked through: safe names, no links, no name twice, bounded. */
export interface Archive {
  readonly zip: yauzl.ZipFile;
  /** By name, folders left out. */
  readonly entries: ReadonlyMap<string, yauzl.Entry>;
}

/**
 * Reads an archive's table of contents, and closes the archive after `use`.
 *
 * @throws NativeBuildError if it is no archive, or one that is damaged or up to no good
 */
export async function withArchive<Result>(file: string, use: (archive: Archive) => Promise<Result>): Promise<Result> {
  // yauzl refuses absolute names, names with ".." and sizes that lie by itself.
  const zip = await yauzl.openPromise(file, { autoClose: false, strictFileNames: true }).catch((error: unknown) => {
    throw damaged("it does not open as a zip archive", error);
  });
  try {
    return await use({ zip, entries: await readEntries(zip) });
  } finally {
    zip.close();
  }
}

/** @throws NativeBuildError if the entry is not there, or too long for a text */
export async function readText({ zip, entries }: Archive, name: string): Promise<string> {
  const entry = entries.get(name);
  if (entry === undefined) throw damaged(`it has no ${name}`);
  if (entry.uncompressedSize > limits.textBytes) throw damaged(`${name} has ${entry.uncompressedSize} bytes`);
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString("utf8");
  } catch (error) {
    throw damaged(`${name} cannot be read`, error);
  }
}

/** The error for an archive that is not as it should be. */
export function damaged(reason: string, cause?: unknown): NativeBuildError {
  const detail = cause instanceof Error ? `: ${cause.message.replace(/\.$/, "")}` : "";
  const message = `The wheel is damaged, or not one of TensorFlow's: ${reason}${detail}.`;
  return new NativeBuildError(`${message} Fetch it anew. Nothing was changed.`, "wheel", { cause });
}

async function readEntries(zip: yauzl.ZipFile): Promise<ReadonlyMap<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>();
  let bytes = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith("/")) continue;
      expectOrdinary(entry);
      bytes += entry.uncompressedSize;
      if (entries.has(entry.fileName)) throw new Error(`two entries are called ${entry.fileName}`);
      entries.set(entry.fileName, entry);
      if (entries.size > limits.entries || bytes > limits.bytes) throw new Error("it holds more than any wheel does");
    }
  } catch (error) {
    throw damaged("its entries cannot be taken as they are", error);
  }
  return entries;
}

function expectOrdinary(entry: yauzl.Entry): void {
  // The upper half holds Unix's mode, whose type is 0 where a program leaves it out.
  const type = (entry.externalFileAttributes >>> 16) & fileType;
  if (type === symbolicLink) throw new Error(`${entry.fileName} is a symbolic link`);
  if (entry.isEncrypted()) throw new Error(`${entry.fileName} is encrypted`);
}
