import { describe, expect, it } from "vitest";
import { run } from "../support/run.ts";

const rivulet = (...options: readonly string[]) => run(process.execPath, ["dist/src/cli/main.js", ...options]);

describe("the rivulet command", () => {
  it("reports the backends", async () => {
    const { code, output, errors } = await rivulet("backends");
    expect(output).toMatch(/^(tensorflow|wasm) runs: tfjs 4\.22\.0, float32, \d+ threads?\.$/m);
    expect(errors).toBe("");
    expect(code).toBe(0);
  });

  it.each([[["--help"]], [["backends", "--help"]], [["predict", "--help"]], [["--version"]]])(
    "answers %o, and ends well",
    async (options) => {
      const { code, output } = await rivulet(...options);
      expect(output).not.toBe("");
      expect(code).toBe(0);
    },
  );

  it.each([
    [["bakends"], "error: unknown command 'bakends'\n(Did you mean backends?)"],
    [["--speed"], "error: unknown option '--speed'"],
    [["backends", "--all"], "error: unknown option '--all'"],
    [["backends", "cpu"], "error: too many arguments for 'backends'."],
    [[], "Usage: rivulet"],
  ])("refuses %o with exit code 2 and a line", async (options, message) => {
    const { code, errors } = await rivulet(...options);
    expect(errors).toContain(message);
    expect(code).toBe(2);
  });
});

describe("an error of the user's after the wasm backend started", () => {
  it("is printed by Node as ever, without the backend's own code", async () => {
    const program = `import { useBackend } from "rivulet"; await useBackend("wasm"); throw new Error("mine");`;
    const { code, errors } = await run(process.execPath, ["--input-type=module", "--eval", program]);
    expect(errors).toContain("Error: mine");
    expect(errors.length).toBeLessThan(1000);
    expect(code).toBe(1);
  });
});
