import * as tf from "@tensorflow/tfjs-core";
import { CSVLogger, type CSVLoggerOptions, type CSVLogTarget, type MetricFunction } from "rivulet";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { curve, oneWeight, smallModel } from "../../support/models.ts";
import { watchedRun } from "../../support/watched-run.ts";

const { x, y } = curve(6);
const options = { loss: "meanSquaredError", batchSize: 3, verbose: 0 } as const;

describe("CSVLogger", () => {
  it("hands a function the header, then a line an epoch that reads back to the history", async () => {
    using model = smallModel();
    const lines: string[] = [];
    const { history } = await model.fit(x, y, {
      ...options,
      optimizer: new SGD(),
      epochs: 3,
      metrics: ["mae"],
      validationSplit: 0.34,
      callbacks: [new CSVLogger((line) => lines.push(line))],
    });
    const [header = "", ...rows] = lines;
    expect(header).toBe("epoch,loss,mae,val_loss,val_mae");
    const names = header.split(",").slice(1);
    const expected = [0, 1, 2].map((epoch) => [epoch, ...names.map((name) => history[name]?.[epoch])]);
    expect(rows.map((row) => row.split(",").map(Number))).toEqual(expected);
  });

  it("waits for what is done with a line", async () => {
    using model = oneWeight();
    const seen: string[] = [];
    const logger = new CSVLogger(async (line) => {
      await Promise.resolve();
      seen.push(line);
    });
    await watchedRun(logger, "val_loss", [1, 2], { model, optimizer: new SGD() }, (epoch) => seen.push(`end ${epoch}`));
    expect(seen.filter((line) => line.startsWith("end"))).toEqual(["end 0", "end 1"]);
    expect(seen.map((line) => line.slice(0, 5))).toEqual(["epoch", "0,und", "end 0", "1,und", "end 1"]);
  });

  it("writes floats that read back to themselves, and those that are not finite as JavaScript does", async () => {
    using model = oneWeight();
    const values = [1 / 3, Math.fround(0.1), 1e-45, 3.4028234663852886e38, 1e21, NaN, Infinity, -Infinity];
    const lines: string[] = [];
    await watchedRun(new CSVLogger((line) => lines.push(line)), "r2", values, { model, optimizer: new SGD() });
    const written = lines.slice(1).map((line) => line.split(",")[2] ?? "");
    expect(written.map(Number)).toEqual(values);
    expect(written.slice(4)).toEqual(["1e+21", "NaN", "Infinity", "-Infinity"]);
  });

  it("quotes a metric's name that would break the line", async () => {
    using model = smallModel();
    const zero: MetricFunction = () => tf.scalar(0);
    const named = (name: string): MetricFunction =>
      Object.defineProperty((...given) => zero(...given), "name", { value: name });
    const lines: string[] = [];
    const metrics = [named("of rows, columns"), named('the "best"'), named("two\nlines"), named("1")];
    const callbacks = [new CSVLogger((line) => lines.push(line))];
    await model.fit(x, y, { ...options, optimizer: new SGD(), metrics, callbacks });
    // The name that is a number would come first if the columns followed the keys of the logs.
    expect(lines[0]).toBe('epoch,loss,"of rows, columns","the ""best""","two\nlines",1');
    expect(lines[1]).toMatch(/^0,[^,]+,0,0,0,0$/);
  });

  it("gives a function no header where it appends", async () => {
    using model = smallModel();
    const lines: string[] = [];
    const logger = new CSVLogger((line) => lines.push(line), { append: true });
    await model.fit(x, y, { ...options, optimizer: new SGD(), callbacks: [logger] });
    expect(lines.map((line) => line.split(",")[0])).toEqual(["0"]);
  });

  const invalid = (value: unknown) => value as never;
  it.each<[CSVLogTarget, CSVLoggerOptions, string]>([
    ["", {}, 'CSVLogger expects target to be a file\'s path or a function of a line, got "".'],
    [invalid(undefined), {}, "CSVLogger expects target to be a file's path or a function of a line, got undefined."],
    [
      "file://training.csv",
      {},
      'CSVLogger expects target to be a file\'s path or a function of a line, got "file://training.csv". A path is no URL: leave file:// out.',
    ],
    ["training.csv", { append: invalid(1) }, "CSVLogger expects append to be true or false, got 1."],
    [
      "training.csv",
      invalid({ appended: true }),
      'CSVLogger has no option "appended". Did you mean "append"? Known: append.',
    ],
  ])("refuses %o %o", (target, given, message) => {
    expect(() => new CSVLogger(target, given)).toThrow(message);
  });
});
