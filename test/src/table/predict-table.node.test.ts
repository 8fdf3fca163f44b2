import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from "vitest";
import { Sequential } from "rivulet";
import { Dense } from "rivulet/layers";
import { predictTable, type PredictTableOptions } from "../../../src/table/predict-table.ts";
import { trainTable, type TrainTableOptions } from "../../../src/table/train-table.ts";
import { range } from "./columns.ts";

let folder = "";

const at = (name: string) => join(folder, name);

/** Cars whose price is twice their power, and 10 more for red ones; some rows lack a cell. */
const rows = range(60).map((row) => {
  const power = (row * 7) % 23;
  const colour = ["red", "blue", ""][row % 3] ?? "";
  return `${row === 5 ? "NA" : power},"${colour}",${2 * power + (colour === "red" ? 10 : 0)}`;
});

const training: TrainTableOptions = {
  target: undefined,
  task: undefined,
  testFraction: 0.2,
  seed: 1,
  layers: [4],
  activation: "tanh",
  learningRate: 0.05,
  batchSize: 16,
  epochs: 15,
  patience: 15,
  backend: "auto",
  save: undefined,
};

/** Predicts rows of a file, and returns what is written and what is said. */
async function predict(model: string, content: string, options: Partial<PredictTableOptions> = {}) {
  await writeFile(at("rows.csv"), content);
  const out = { written: "", said: "" };
  await predictTable(
    at(model),
    at("rows.csv"),
    { backend: inject("backend"), ...options },
    { write: (text) => (out.written += text), say: (text) => (out.said += text) },
  );
  return out;
}

/** What a prediction ends with, the folder of the files left out. */
async function failure(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  return String(error instanceof Error ? error.message : error).replaceAll(join(folder, "/"), "");
}

/** The cells of a CSV without quotes. */
const cellsOf = (csv: string, delimiter = ",") =>
  csv
    .trimEnd()
    .split("\n")
    .map((line) => line.split(delimiter));

beforeAll(async () => {
  // The progress would stand between the tests' own lines.
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  folder = await mkdtemp(join(tmpdir(), "rivulet-predict-"));
  await writeFile(at("cars.csv"), ["power,colour,price", ...rows].join("\n"));
  const options = { ...training, backend: inject("backend") };
  await trainTable(at("cars.csv"), { ...options, target: "price", save: at("prices") }, () => {});
  await trainTable(at("cars.csv"), { ...options, target: "colour", save: at("colours") }, () => {});
  vi.restoreAllMocks();
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe("predictTable", () => {
  it("writes each row as it is, and the number predicted after it", async () => {
    const { written, said } = await predict("prices", ["power,colour,price", ...rows].join("\n"));
    const [header = [], ...cells] = cellsOf(written);
    expect(header).toEqual(["power", "colour", "price", "predicted price"]);
    expect(cells.map((row) => row.slice(0, 3).join(","))).toEqual(rows.map((row) => row.replaceAll('"', "")));
    const errors = cells.map(([, , price, predicted]) => Math.abs(Number(price) - Number(predicted)));
    // The prices' deviation is 14: whoever mixes up rows, columns or scales is further off.
    expect(errors.reduce((sum, error) => sum + error / 60, 0)).toBeLessThan(5);
    expect(said).toBe("");
  });

  it("gives the same numbers as the saved model does to somebody who has only its file", async () => {
    const { written } = await predict("prices", "power,colour\n11,red\n");
    using model = await Sequential.load(`file://${at("prices")}`);
    // Written out as the metadata has it, without any of rivulet's own.
    const { inputs, target } = model.metadata as unknown as {
      inputs: { column: string; mean: number; deviation: number; category: string | null }[];
      target: { mean: number; deviation: number };
    };
    const x = inputs.map(({ column, mean, deviation, category }) =>
      column === "power" ? (11 - mean) / deviation : category === "red" ? 1 : 0,
    );
    const output = model.predict([x]);
    const [standardised = NaN] = await output.data();
    output.dispose();
    expect(Number(cellsOf(written)[1]?.[2])).toBeCloseTo(standardised * target.deviation + target.mean, 4);
  });

  it("needs neither the target nor the columns' order, and keeps delimiter, quotes and line breaks", async () => {
    const content = '\uFEFFcolour;note;power\r\n\r\nred;"a;\n""b""";11\r\nblue; c;4\r\n';
    const { written } = await predict("prices", content);
    const [, red = ""] = /;11;([\d.]+)$/m.exec(written) ?? [];
    const [, blue = ""] = /;4;([\d.]+)$/m.exec(written) ?? [];
    expect(written).toBe(`colour;note;power;predicted price\nred;"a;\n""b""";11;${red}\nblue;" c";4;${blue}\n`);
    const inOrder = await predict("prices", "power,colour\n11,red\n4,blue\n");
    expect(cellsOf(inOrder.written).map((cells) => cells[2])).toEqual(["predicted price", red, blue]);
  });

  it("writes of a classification the class and its probability", async () => {
    const [header, ...cells] = cellsOf((await predict("colours", "power,price\n3,16\n3,6\n9,28\n")).written);
    expect(header).toEqual(["power", "price", "predicted colour", "probability"]);
    expect(cells).toHaveLength(3);
    for (const [, , colour = "", probability] of cells) {
      expect(["red", "blue"]).toContain(colour);
      expect(Number(probability)).toBeGreaterThanOrEqual(0.5);
      expect(Number(probability)).toBeLessThanOrEqual(1);
    }
  });

  it("numbers its column where the file has one of that name", async () => {
    const first = await predict("prices", "power,colour\n11,red\n");
    const { written } = await predict("prices", first.written);
    expect(cellsOf(written)[0]).toEqual(["power", "colour", "predicted price", "predicted price (2)"]);
  });

  it("says where values are that the network was not trained on", async () => {
    const { written, said } = await predict("prices", "power,colour\n1,red\n2,pink\n3,green\n");
    expect(cellsOf(written)).toHaveLength(4);
    expect(said).toBe(
      'In "colour" 2 rows have a value that the network was not trained on, first at\n  line 3: "pink". It counts as none of those that it knows.',
    );
  });

  it.each([
    ["rows.csv is empty. Its first line must name the columns.", ""],
    ["rows.csv has a header and no rows.", "power,colour\n"],
    ['There is no column "colour" in rows.csv. Did you mean "color"? Columns: power, color.', "power,color\n1,red\n"],
    [
      "rows.csv, line 3: 1 cell where the header has 2. Mend that row; put a cell that holds the delimiter in quotes.",
      "power,colour\n1,red\n2\n",
    ],
    [
      'rows.csv, line 3002: "power" is "fast", where a number is needed. Write a plain number, such as 1234.5, or leave the cell empty.',
      `power,colour\n${"1,red\n".repeat(3000)}fast,red\n`,
    ],
  ])("refuses before it writes anything: %s", async (message, content) => {
    await writeFile(at("rows.csv"), content);
    const write = vi.fn<(text: string) => void>();
    const options = { backend: inject("backend") };
    const work = predictTable(at("prices"), at("rows.csv"), options, { write, say: () => {} });
    expect(await failure(work)).toBe(message);
    expect(write).not.toHaveBeenCalled();
  });

  it("refuses a folder without a model, and a model that rivulet train has not saved", async () => {
    using model = new Sequential([new Dense({ units: 1 })], { inputShape: [3] });
    await model.save(`file://${at("other")}`);
    expect(await failure(predict("other", "power,colour\n1,red\n"))).toBe(
      "other holds a model, but none that rivulet train has saved: it does not say what its inputs are.",
    );
    expect(await failure(predict("nowhere", "power,colour\n1,red\n"))).toBe(
      `Cannot load file://nowhere: there is no model.json. Check the path, which starts from the folder that Node was started in.`,
    );
  });

  it("ends with the reason when it is told to stop", async () => {
    const options = { signal: AbortSignal.abort("SIGINT") };
    expect(await failure(predict("prices", "power,colour\n1,red\n", options))).toBe("SIGINT");
  });
});

describe("trainTable with a folder to save in", () => {
  beforeEach(() => {
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
  });

  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("saves at the very end, and says what to do with it", async () => {
    const said: string[] = [];
    const options = { ...training, backend: inject("backend"), target: "price", epochs: 2, save: at("said") };
    await trainTable(at("cars.csv"), options, (text) => said.push(text));
    expect(said.at(-2)).toMatch(/^Trained 2 epochs on /);
    expect(said.at(-1)).toBe(`\nSaved. To predict other rows:\n  npx rivulet predict ${at("said")} rows.csv`);
    expect(JSON.parse(await readFile(at("said/model.json"), "utf8"))).toMatchObject({
      userDefinedMetadata: { rivulet: { metadata: { target: { column: "price" } } } },
    });
  });

  it("saves nothing when it is told to stop, not even after the training", async () => {
    const controller = new AbortController();
    const say = (text: string) => {
      if (text.startsWith("Trained 2 epochs on ")) controller.abort("SIGINT");
    };
    const options = { ...training, backend: inject("backend"), target: "price", epochs: 2, save: at("stopped") };
    const work = trainTable(at("cars.csv"), { ...options, signal: controller.signal }, say);
    expect(await failure(work)).toBe("SIGINT");
    await expect(readFile(at("stopped/model.json"))).rejects.toThrow("ENOENT");
  });
});
