import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { locationOf } from "../../../src/table/model-location.ts";

it("is the folder that is named, also where its name looks like an encoded one", () => {
  expect(locationOf("a model")).toBe("file://a model");
  expect(locationOf("/a%20model")).toBe(pathToFileURL("/a%20model").href);
});
