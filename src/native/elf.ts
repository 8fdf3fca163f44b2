import { open } from "node:fs/promises";
import { basename } from "node:path";
import { damaged } from "./archive.ts";
import type { Processor } from "./machine.ts";

const magic = Buffer.from([0x7f, 0x45, 0x4c, 0x46]);
const is64Bit = 2;

/** @throws NativeBuildError if a file is not a 64-bit ELF library for this processor: the loader would refuse it later */
export async function expectLibraryFor(processor: Processor, file: string): Promise<void> {
  const header = Buffer.alloc(20);
  const handle = await open(file);
  try {
    await handle.read(header, 0, header.length, 0);
  } finally {
    await handle.close();
  }
  const name = basename(file);
  if (!header.subarray(0, 4).equals(magic) || header[4] !== is64Bit) throw damaged(`${name} is no 64-bit ELF library`);
  const number = header.readUInt16LE(18);
  if (number === processor.elfNumber) return;
  throw damaged(`${name} is for another processor (ELF machine ${number}), not for ${processor.wheelName}`);
}
