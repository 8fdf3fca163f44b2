import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { join } from "node:path";
import { disk } from "./disk.ts";

const host = hostname().replaceAll(/\W/g, "_").slice(0, 32);
const pattern = /^\.rivulet-saving-(\w+)-(\d+)-[0-9a-f]{8}$/;

/** A few characters that no other name has. */
export function token(): string {
  return randomBytes(4).toString("hex");
}

/** A name for a folder in which one save gets its files ready. It says whose it is. */
export function stagingName(): string {
  return `.rivulet-saving-${host}-${process.pid}-${token()}`;
}

/**
 * Looks for saves in a folder.
 *
 * @returns the folders of those whose processes were killed, and whether any other is still at work there
 */
export async function stagingsIn(
  folder: string,
): Promise<{ readonly abandoned: readonly string[]; readonly isOneAtWork: boolean }> {
  const names = (await disk.list(folder)).filter((name) => pattern.test(name));
  const abandoned = names.filter((name) => !isAtWork(name));
  return { abandoned: abandoned.map((name) => join(folder, name)), isOneAtWork: abandoned.length < names.length };
}

/** Whether its process lives. One on another machine that shares the disk counts as alive. */
function isAtWork(name: string): boolean {
  const [, owner, pid] = pattern.exec(name) ?? [];
  if (owner !== host) return true;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    // EPERM: it is another user's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
