import { HyperparameterError } from "rivulet";
import { describe, expect, it } from "vitest";
import { isJsonObject, readAxis, readConfig } from "../../../layers/saved/config.ts";

const keys = { read: ["units"], ignored: ["seed"], only: { data_format: "channels_last" } };

describe("readConfig", () => {
  it("gives what is there, and passes over what says nothing", () => {
    const written = {
      name: "dense_1",
      trainable: true,
      dtype: "float32",
      batch_input_shape: [null, 3],
      beta_initializer: { class_name: "Zeros", config: {} },
      units: 2,
      seed: 7,
      data_format: "channels_last",
      kernel_constraint: null,
      some_switch_of_tomorrow: false,
    };
    const config = readConfig("Dense", written, keys);
    expect(config.get("units")).toBe(2);
    expect(config.get("activation")).toBeUndefined();
    const policy = { module: "keras", class_name: "DTypePolicy", config: { name: "float32" }, registered_name: null };
    expect(
      readConfig("Dense", { dtype: policy, trainable: null, data_format: null }, keys).get("units"),
    ).toBeUndefined();
  });

  it.each([
    [{ trainable: false }, "expects trainable to be true, got false. rivulet freezes no layers: say true in the file"],
    [{ dtype: "float16" }, 'expects dtype to be "float32", got "float16".'],
    [
      { dtype: { class_name: "DTypePolicy", config: { name: "mixed_float16" } } },
      'expects dtype to be "float32", got {',
    ],
    [{ data_format: "channels_first" }, 'expects data_format to be "channels_last", got "channels_first".'],
    [
      { kernel_constraint: { class_name: "NonNeg" } },
      'holds "kernel_constraint": {"class_name":"NonNeg"}, which rivulet does not have. Without it, the layer might compute other numbers.',
    ],
    [{ lora_rank: 4 }, 'holds "lora_rank": 4, which rivulet does not have.'],
    [JSON.parse('{"__proto__": {"units": 2}}'), 'holds "__proto__": {"units":2}, which rivulet does not have.'],
    [[], "expects config to be an object, got []."],
    [null, "expects config to be an object, got null."],
    ["Dense", 'expects config to be an object, got "Dense".'],
  ])("refuses %j", (config, message) => {
    const read = () => readConfig("Dense", config, keys);
    expect(read).toThrow(HyperparameterError);
    expect(read).toThrow(`A saved Dense ${message}`);
  });

  it("sees no entry that an object inherits", () => {
    const inherited = Object.create({ units: 2 }) as Record<string, never>;
    expect(readConfig("Dense", inherited, keys).get("units")).toBeUndefined();
  });
});

describe("readAxis", () => {
  it.each([
    [-1, -1],
    [[1], 1],
    [
      [1, 2],
      [1, 2],
    ],
    [undefined, undefined],
  ])("reads %j as %j", (axis, expected) => {
    expect(readAxis(new Map(axis === undefined ? [] : [["axis", axis]]))).toEqual(expected);
  });
});

describe("isJsonObject", () => {
  it.each([
    [{}, true],
    [[], false],
    [null, false],
    ["{}", false],
    [undefined, false],
  ])("takes %j for an object: %s", (value, expected) => {
    expect(isJsonObject(value)).toBe(expected);
  });
});
