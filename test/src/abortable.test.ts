import { describe, expect, it } from "vitest";
import { orAborted } from "../../src/abortable.ts";

const never = new Promise<never>(() => {});

describe("orAborted", () => {
  it("gives what the work gives, with a signal and without", async () => {
    await expect(orAborted(Promise.resolve(3), undefined)).resolves.toBe(3);
    await expect(orAborted(Promise.resolve(3), new AbortController().signal)).resolves.toBe(3);
  });

  it("waits no longer than until the signal aborts", async () => {
    const controller = new AbortController();
    const waiting = orAborted(never, controller.signal);
    controller.abort(new Error("Enough."));
    await expect(waiting).rejects.toThrow("Enough.");
  });

  it("does not wait where the signal has aborted, and still listens to work that fails later", async () => {
    let fail = (): void => {};
    const work = new Promise<never>((_, reject) => (fail = () => reject(new Error("Too late to matter."))));
    await expect(orAborted(work, AbortSignal.abort(new Error("Enough.")))).rejects.toThrow("Enough.");
    // Vitest fails a run in which a rejection is listened to by nobody, as Node ends such a process.
    fail();
    await new Promise((resolve) => setTimeout(resolve));
  });
});
