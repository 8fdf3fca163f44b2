import { constants, open } from "node:fs/promises";

/** Else the opening of a named pipe waits for somebody who writes into it. Windows has no such flag. */
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Larger than any model.json: 64 MiB. */
export const largestText = 2 ** 26;

/** A file that was found, and stays the same one until it is closed, whatever is renamed to its name meanwhile. */
export interface OpenFile {
  readonly size: number;
  /** @throws Error if the file has become shorter */
  readonly read: () => Promise<ArrayBuffer>;
  readonly close: () => Promise<void>;
}

/** @throws what the system does; Error for what is no file, such as a folder or a device */
export async function openFile(path: string): Promise<OpenFile> {
  const handle = await open(path, flags);
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new Error(`${path} is not a file`);
    const { size } = stats;
    const read = async () => {
      const bytes = new Uint8Array(size);
      let done = 0;
      while (done < size) {
        const { bytesRead } = await handle.read(bytes, done, Math.min(size - done, 2 ** 30), done);
        if (bytesRead === 0) throw new Error(`${path} became shorter while it was read`);
        done += bytesRead;
      }
      return bytes.buffer;
    };
    return { size, read, close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** A text in UTF-8. @throws what `openFile` does; Error for a file of more than 64 MiB, and for what is no UTF-8 */
export async function readText(path: string): Promise<string> {
  const file = await openFile(path);
  try {
    if (file.size > largestText)
      throw new Error(`${path} holds ${file.size} bytes, more than the ${largestText} of any model.json`);
    return decode(path, await file.read());
  } finally {
    await file.close();
  }
}

function decode(path: string, bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Error(`${path} is no text in UTF-8`, { cause });
  }
}
