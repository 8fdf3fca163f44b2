import { describe, expect, it, vi } from "vitest";
import { Pace } from "../../src/pace.ts";

describe("Pace", () => {
  it("is due only after a while, and no sooner again after a rest", async () => {
    const now = vi.spyOn(performance, "now");
    now.mockReturnValue(1000);
    const pace = new Pace();
    expect(pace.isDue()).toBe(false);
    now.mockReturnValue(1026);
    expect(pace.isDue()).toBe(true);
    await pace.rest();
    expect(pace.isDue()).toBe(false);
    now.mockRestore();
  });

  it("rests until a later task of the event loop, not a microtask", async () => {
    const order: string[] = [];
    setImmediate(() => order.push("another task"));
    await new Pace().rest();
    order.push("rested");
    expect(order).toEqual(["another task", "rested"]);
  });
});
