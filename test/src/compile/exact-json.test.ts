import { expect, it } from "vitest";
import { exactJson } from "../../../src/compile/exact-json.ts";

it("tells apart what JSON does not", () => {
  const numbers = [0, -0, NaN, Infinity, -Infinity, 1, null];
  expect(new Set(numbers.map((number) => exactJson({ in: [number] }))).size).toBe(numbers.length);
});

it("is the same for the same data", () => {
  const data = () => ({ name: "Fill", attributes: { shape: [2], value: NaN } });
  expect(exactJson(data())).toBe(exactJson(data()));
});
