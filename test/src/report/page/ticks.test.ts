import { describe, expect, it } from "vitest";
import { tickLabels, ticksOf } from "../../../../src/report/page/ticks.ts";

describe("ticksOf", () => {
  it.each([
    ["log", [0.0008, 300], [0.001, 0.01, 0.1, 1, 10, 100]],
    ["log", [0.03, 1.5], [0.05, 0.1, 0.2, 0.5, 1]],
    ["log", [1e-12, 1e6], [1e-12, 1e-9, 1e-6, 1e-3, 1, 1e3, 1e6]],
    ["log", [0.31, 0.44], [0.32, 0.34, 0.36, 0.38, 0.4, 0.42, 0.44]],
    ["linear", [0, 30], [0, 5, 10, 15, 20, 25, 30]],
    ["linear", [0, 0.3], [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3]],
    ["linear", [-3.7, 0.6], [-3, -2, -1, 0]],
  ] as const)("of a %s axis over %j", (type, domain, ticks) => {
    expect(ticksOf({ type, domain }, 7)).toEqual(ticks);
  });
});

describe("tickLabels", () => {
  it("tells ticks apart that differ late", () => {
    const ticks = [1.2341, 1.2342, 1.2343];
    expect(ticks.map(tickLabels(ticks))).toEqual(["1.2341", "1.2342", "1.2343"]);
  });

  it("keeps to three digits where they do", () => {
    const ticks = [0.001, 1, 1000];
    expect(ticks.map(tickLabels(ticks))).toEqual(["0.001", "1", "1,000"]);
  });
});
