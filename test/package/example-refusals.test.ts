import { describe, expect, it } from "vitest";
import { runExample } from "../support/run-example.ts";

describe.each(["auto-mpg", "digits", "own-parts"] as const)("the example %s", (example) => {
  it.each([
    [["--seed", "x"], 2, "error: option '--seed <number>' argument 'x' is invalid. Give a whole number, 0 or more."],
    [["--epochs", "1.5"], 2, "error: option '--epochs <number>' argument '1.5' is invalid."],
    [["--speed"], 2, "error: unknown option '--speed'\n(Did you mean --seed?)"],
    [["--epochs", "0"], 1, "fit expects epochs to be a whole number above 0, got 0."],
    [["--backend", "wsam"], 1, 'There is no backend "wsam". Did you mean "wasm"?'],
  ])("refuses %o with exit code %i and a line", async (options, code, message) => {
    const outcome = await runExample(example, ...options);
    expect(outcome.errors).toContain(message);
    expect(outcome.errors).not.toContain("    at ");
    expect(outcome.code).toBe(code);
  });
});
