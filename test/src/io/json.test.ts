import { describe, expect, it } from "vitest";
import { canonicalJson, entryOf, unwritablePart } from "../../../src/io/json.ts";

describe("entryOf", () => {
  it("is about an object's own entries", () => {
    expect(entryOf({ a: 1 }, "a")).toBe(1);
    expect(entryOf({}, "constructor")).toBeUndefined();
    expect(entryOf(JSON.parse('{"__proto__":{"a":1}}'), "a")).toBeUndefined();
    expect(entryOf([1], "length")).toBeUndefined();
    expect(entryOf(null, "a")).toBeUndefined();
  });
});

describe("canonicalJson", () => {
  it("does not depend on the order of keys, on what is undefined, or on a zero's sign", () => {
    const text = '{"a":[1,{"c":null,"d":"\\""}],"b":0}';
    expect(canonicalJson({ b: -0, a: [1, { d: '"', c: null, e: undefined }] })).toBe(text);
    expect(canonicalJson(JSON.parse(text))).toBe(text);
  });
});

describe("unwritablePart", () => {
  it.each([
    [{ a: [1, "b", true, null, {}] }, undefined],
    [{ a: [1, { b: Infinity }] }, "x.a[1].b"],
    [{ a: undefined }, "x.a"],
    [[1n], "x[0]"],
    [new Date(0), "x"],
    [{ a: new Map() }, "x.a"],
  ])("%o", (value, part) => {
    expect(unwritablePart(value, "x")).toBe(part);
  });
});
