import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { projectFolder } from "../support/run.ts";

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rivulet-output-"));
  const rows = Array.from({ length: 100 }, (_, row) => `${row % 7},${(row % 7) ** 2 + 0.5}`);
  await writeFile(join(folder, "squares.csv"), ["x,y", ...rows].join("\n"));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Starts the command, which never outlives the test. */
function start(options: readonly string[], output: "pipe" | number): ChildProcess {
  const stdio = ["ignore", output, "pipe"] as const;
  const child = spawn(process.execPath, ["dist/src/cli/main.js", ...options], {
    cwd: projectFolder,
    stdio: [...stdio],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function endOf(child: ChildProcess): Promise<{ readonly code: number | null; readonly errors: string }> {
  let errors = "";
  child.stderr?.on("data", (text: Buffer) => (errors += text.toString()));
  return new Promise((end) => child.on("close", (code) => end({ code, errors })));
}

/** A training without an end. */
const endless = () =>
  `train ${join(folder, "squares.csv")} --target y --backend cpu --epochs 1000000 --patience 1000000`.split(" ");

describe("rivulet whose reader goes away", () => {
  it.each([["--help"], ["backends"], ["train --help"]])("ends %s in silence, as by SIGPIPE", async (options) => {
    const child = start(options.split(" "), "pipe");
    child.stdout?.destroy();
    expect(await endOf(child)).toEqual({ code: 141, errors: "" });
  });

  it("stops a training", async () => {
    const child = start(endless(), "pipe");
    child.stdout?.destroy();
    const { code, errors } = await endOf(child);
    expect(code).toBe(141);
    expect(errors).not.toContain("Stopped.");
  });
});

describe("rivulet whose output cannot be written", () => {
  it.each([["--help"], ["backends"], ["training"]])("says why, and ends %s with 1", async (options) => {
    // Open for reading alone: a full disk is not to be had on every machine.
    const file = await open(join(folder, "squares.csv"), "r");
    try {
      const child = start(options === "training" ? endless() : [options], file.fd);
      expect(await endOf(child)).toEqual({
        code: 1,
        errors: "The output cannot be written: EBADF: bad file descriptor, write. Choose another place.\n",
      });
    } finally {
      await file.close();
    }
  });
});
