import { appendFile, open, type FileHandle } from "node:fs/promises";
import { resolve } from "node:path";
import { HyperparameterError } from "../../errors.ts";
import { reasonOf, systemReasons } from "./system-reasons.ts";

/** Adds a line to a file. */
type AddLine = (line: string) => Promise<void>;

/**
 * Begins a CSV file, or goes on with one that has the same columns. Each line is with the system before the next one
 * comes, and the file is not held open in between: whoever is interrupted need not close it.
 *
 * @param who the caller, for messages
 * @throws HyperparameterError where it cannot be written, also by what is returned
 */
export async function openCsv(who: string, path: string, header: string, append: boolean): Promise<AddLine> {
  // Whatever becomes of the working directory.
  const file = resolve(path);
  await explain(who, path, async () => {
    const handle = await open(file, append ? "a+" : "w");
    try {
      await begin(who, path, handle, header);
    } finally {
      await handle.close();
    }
  });
  return async (line) => explain(who, path, async () => appendFile(file, `${line}\n`));
}

async function begin(who: string, path: string, handle: FileHandle, header: string): Promise<void> {
  const { size } = await handle.stat();
  if (size === 0) return handle.appendFile(`${header}\n`);
  if (!(await isHeadedBy(handle, header))) {
    const message = `${who} cannot append to ${JSON.stringify(path)}: it does not begin with ${JSON.stringify(header)}, as this run's lines need.`;
    throw new HyperparameterError(`${message} Give it a file of its own, or leave append out.`, "append", true);
  }
  // A line that was cut off, by a crash or a full disk, must not run on into the next one.
  const { buffer: last } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  if (last.toString() !== "\n") await handle.appendFile("\n");
}

/** Also after a byte-order mark, and before a line's end as Windows and Keras write it. */
async function isHeadedBy(handle: FileHandle, header: string): Promise<boolean> {
  const longest = Buffer.byteLength(`\uFEFF${header}\r\n`);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(longest), 0, longest, 0);
  const text = buffer.toString("utf8", 0, bytesRead).replace(/^\uFEFF/, "");
  return text.startsWith(header) && /^(\r?\n|$)/.test(text.slice(header.length));
}

async function explain<Result>(who: string, path: string, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (cause) {
    const reason = reasonOf(cause, reasons);
    if (reason === undefined) throw cause;
    const [problem, mend] = reason;
    const message = `${who} cannot write ${JSON.stringify(path)}: ${problem}. ${mend}`;
    throw new HyperparameterError(message, "target", path, { cause });
  }
}

const reasons = {
  ...systemReasons,
  EISDIR: ["it is a folder", "Name a file in it."],
  ENOENT: [
    "there is no such folder",
    "Make it first, or check the path, which starts from the folder that Node was started in.",
  ],
} as const;
