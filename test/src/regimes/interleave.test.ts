import { expect, it } from "vitest";
import { interleave } from "../../../src/regimes/interleave.ts";

it("has all regimes run once before any runs again, another first each time", () => {
  const turns = interleave(3, 2).map(({ regime, repeat }) => `${regime}/${repeat}`);
  expect(turns).toEqual(["0/0", "1/0", "2/0", "1/1", "2/1", "0/1"]);
});
