import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";

/** A made-up wheel: what TensorFlow's hold, in a few bytes each. */
export interface MadeUpWheel {
  readonly fileName: string;
  readonly metadata: string;
  readonly wheel: string;
  readonly files: Readonly<Record<string, Buffer>>;
  /** By file, what RECORD says instead of the truth. */
  readonly recorded: Readonly<Record<string, string>>;
  /** By file, the mode of Unix. */
  readonly modes: Readonly<Record<string, number>>;
  /** By name that yazl refuses to write: the name of the same length that it is given for it. */
  readonly disguises: Readonly<Record<string, string>>;
}

/** ELF's number of this machine's processor, and one of another. */
export const elfNumbers = process.arch === "arm64" ? { own: 183, other: 62 } : { own: 62, other: 183 };

const processor = process.arch === "arm64" ? "aarch64" : "x86_64";

/** A wheel's file name for a platform. */
export const wheelName = (platform = `manylinux_2_27_${processor}`, distribution = "tensorflow_cpu") =>
  `${distribution}-2.21.0-cp311-cp311-${platform}.whl`;

/** The start of a 64-bit ELF file, and nothing of a library in it. */
export function library(elfNumber = elfNumbers.own): Buffer {
  const header = Buffer.alloc(64);
  header.write("\x7fELF\x02\x01\x01", "latin1");
  header.writeUInt16LE(3, 16);
  header.writeUInt16LE(elfNumber, 18);
  return header;
}

/** A wheel that passes every check, and holds nothing that could be compiled. */
export const goodWheel: MadeUpWheel = {
  fileName: wheelName(),
  metadata: "Metadata-Version: 2.4\nName: tensorflow_cpu\nVersion: 2.21.0\n",
  wheel: `Wheel-Version: 1.0\nTag: cp311-cp311-manylinux_2_27_${processor}\n`,
  files: {
    "tensorflow/libtensorflow_cc.so.2": library(),
    "tensorflow/libtensorflow_framework.so.2": library(),
    "tensorflow/include/tensorflow/c/c_api.h": Buffer.from("#error made up\n"),
    "tensorflow/python/not_needed.py": Buffer.from("pass\n"),
  },
  recorded: {},
  modes: {},
  disguises: {},
};

/** Writes a wheel that differs from the good one into a folder. */
export async function writeWheel(folder: string, changes: Partial<MadeUpWheel>): Promise<string> {
  const made = { ...goodWheel, ...changes };
  const metadataFolder = "tensorflow_cpu-2.21.0.dist-info";
  const files = {
    ...made.files,
    [`${metadataFolder}/METADATA`]: Buffer.from(made.metadata),
    [`${metadataFolder}/WHEEL`]: Buffer.from(made.wheel),
  };
  const lines = Object.entries(files).map(([name, content]) => `${name},${made.recorded[name] ?? record(content)}\n`);
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) {
    zip.addBuffer(content, made.disguises[name] ?? name, { mode: made.modes[name] ?? 0o100644 });
  }
  zip.addBuffer(Buffer.from(lines.join("")), `${metadataFolder}/RECORD`);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  const file = join(folder, made.fileName);
  await pipeline([unmask(Buffer.concat(chunks), made.disguises)], createWriteStream(file));
  return file;
}

function record(content: Buffer): string {
  return `sha256=${createHash("sha256").update(content).digest("base64url")},${content.length}`;
}

/** A name stands in an archive as it is, so it can be overwritten there. */
function unmask(archive: Buffer, disguises: Readonly<Record<string, string>>): Buffer {
  let text = archive.toString("latin1");
  for (const [name, disguise] of Object.entries(disguises)) text = text.replaceAll(disguise, name);
  return Buffer.from(text, "latin1");
}
