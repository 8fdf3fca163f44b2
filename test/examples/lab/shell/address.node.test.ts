import { describe, expect, it } from "vitest";
import { formatAddress, parseAddress } from "../../../../examples/lab/shell/address.ts";

describe("an address", () => {
  it("is read", () => {
    const fields = { f: "bowl", x: "3", y: "2" };
    expect(parseAddress("#/descent?f=bowl&x=3&y=2")).toEqual({ page: "descent", fields });
  });

  it.each(["", "#", "#/"])("names no page in %j", (hash) => {
    expect(parseAddress(hash)).toEqual({ page: "", fields: {} });
  });

  it("is written so that a person can read it", () => {
    const fields = { rules: "sgd,adam", start: "-1", formula: "(x+y)^2/4 & 100%" };
    const hash = formatAddress({ page: "descent", fields });
    expect(hash).toBe("#/descent?rules=sgd,adam&start=-1&formula=(x+y)^2/4%20%26%20100%25");
    expect(parseAddress(hash)).toEqual({ page: "descent", fields });
  });

  it("is written without fields", () => {
    expect(formatAddress({ page: "descent", fields: {} })).toBe("#/descent");
  });

  it.each(["#/descent?x=%", "#/descent?x=%E4%B8", "#/descent?x", "#/descent?x=1&x=2"])(
    "cannot be read in %s",
    (hash) => {
      expect(parseAddress(hash)).toEqual({ page: "descent", fields: undefined });
    },
  );

  it("takes no field for one of an object's own", () => {
    const { fields } = parseAddress("#/descent?__proto__=1&constructor=2");
    expect(Object.entries(fields ?? {})).toEqual([
      ["__proto__", "1"],
      ["constructor", "2"],
    ]);
  });
});
