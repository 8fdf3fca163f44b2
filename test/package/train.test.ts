import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { RandomStream } from "rivulet";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { projectFolder, run, runWell } from "../support/run.ts";

let folder = "";

const command = ["dist/src/cli/main.js", "train"];
const train = (file: string, ...options: readonly string[]) =>
  run(process.execPath, [...command, join(folder, file), ...options]);
const trainWell = (file: string, ...options: readonly string[]) =>
  runWell(process.execPath, [...command, join(folder, file), "--backend", "wasm", ...options]);

const predict = (model: string, file: string, ...options: readonly string[]) => {
  const given = [model, resolve(folder, file), "--backend", "wasm", ...options];
  return run(process.execPath, ["dist/src/cli/main.js", "predict", ...given]);
};

/** Houses whose price follows from their size, quarter and garden, but not on a straight line. */
function houses(count: number): string {
  const random = new RandomStream(1, "houses");
  const rows = Array.from({ length: count }, (_, index) => {
    const [size, noise] = [50 + 150 * random.uniform(), random.uniform()];
    const quarter = ["old town", "harbour, new", "hills"][Math.floor(3 * random.uniform())] ?? "";
    const hasGarden = random.uniform() < 0.5;
    const price =
      1000 * (size + 100 * Math.sin(size / 20) + (quarter === "hills" ? 80 : 0) + (hasGarden ? 40 : 0) + noise);
    const shown = random.uniform() < 0.02 ? "NA" : size.toFixed(1);
    const kind = size > 120 ? "large" : "small";
    return `${index + 1};"${quarter}";${shown};${hasGarden};${index % 50 === 7 ? "" : price.toFixed(0)};${kind}`;
  });
  return ["id;quarter;size;garden;price;kind", ...rows].join("\r\n");
}

/** The last number but those after it in a row of the table of errors. */
function errorOf(name: string, output: string): number {
  return Number(new RegExp(`\\| ${name} +\\| +([\\d.e+]+)`).exec(output)?.[1]);
}

/** Messages with the folder of the files left out. */
const withoutFolder = (errors: string) => errors.replaceAll(join(folder, "/"), "");

/** Everything but the time, which no seed fixes. */
const figures = (output: string) => output.replace(/in [\d.]+ s/, "");

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rivulet-train-"));
  await writeFile(join(folder, "houses.csv"), `\uFEFF${houses(500)}`);
  await mkdir(join(folder, "folder.csv"));
  await writeFile(join(folder, "ragged.csv"), "a,b\n1,2\n3\n");
  await writeFile(join(folder, "few.csv"), "a,b\n1,2\n3,4\n");
  await writeFile(join(folder, "header.csv"), "a,b\n");
  await writeFile(join(folder, "empty.csv"), "");
  await writeFile(join(folder, "euros.csv"), `a;b\n${"1;2\n3;4\n5;6,5\n".repeat(10)}`);
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe("rivulet train", () => {
  it("predicts numbers better than the mean and a straight line, the same again from the same seed", async () => {
    const options = ["--target", "price", "--ignore", "kind", "--epochs", "150"];
    const output = await trainWell("houses.csv", ...options);
    expect(output).toContain('houses.csv: 500 rows of 6 columns, ";" between cells.\n');
    expect(output).toContain('Target "price": numbers, so a regression. 10 rows without a target left out.\n');
    expect(output).toContain('Left out, being only the number of the row: "id".\n');
    expect(output).toContain("314 rows to train on, 78 to validate on, 98 to test on, by seed 42.\n");
    expect(output).toContain("Network 5-16-16-1 (tanh), batches of 32, 150 epochs at most.\n");
    expect(output).toContain('Errors on the 98 test rows, in the units of "price":\n');
    expect(errorOf("linear least squares", output)).toBeLessThan(errorOf("the mean", output));
    expect(errorOf("the network", output)).toBeLessThan(errorOf("linear least squares", output) / 2);
    expect(figures(await trainWell("houses.csv", ...options))).toBe(figures(output));
    expect(figures(await trainWell("houses.csv", ...options, "--seed", "7"))).not.toBe(figures(output));
  });

  it("tells classes apart, and stops when it gets no better", async () => {
    const output = await trainWell("houses.csv", "--target", "kind", "--patience", "5");
    expect(output).toContain('Target "kind": 2 different texts, so a classification.\n');
    expect(errorOf("the network", output)).toBeGreaterThan(95);
    const [, epochs, best] =
      /Trained (\d+) epochs on wasm in [\d.]+ s; tested as it was after epoch\s+(\d+)/.exec(output) ?? [];
    expect(Number(epochs)).toBe(Number(best) + 5);
  });

  it("fits in 80 columns, without colours, its progress apart from its results", async () => {
    const { output, errors } = await train("houses.csv", "--target", "price", "--epochs", "3");
    for (const line of output.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(output).not.toContain("\u001B");
    expect(output).not.toContain("epoch 3/3");
    expect(errors).toMatch(/^epoch 3\/3 {2}loss [\d.]+ {2}val_loss [\d.]+$/m);
  });

  it("saves a model with which the command predicts other rows, in place of the one before", async () => {
    const [model, options] = [join(folder, "a model"), ["--target", "price", "--ignore", "kind", "--save"]];
    await trainWell("houses.csv", ...options, model, "--epochs", "1");
    const output = await trainWell("houses.csv", ...options, model, "--epochs", "150");
    expect(output).toMatch(/\n\nSaved\. To predict other rows:\n {2}npx rivulet predict ".*\/a model" rows\.csv\n$/);
    await writeFile(join(folder, "rows.csv"), "garden,size,quarter\ntrue,100,hills\nfalse,100,hills\nfalse,60,moon\n");
    const predicted = await predict(model, "rows.csv");
    const [header, garden, none, moon] = predicted.output.split("\n").map((line) => line.split(","));
    expect(header).toEqual(["garden", "size", "quarter", "predicted price"]);
    // 1000 · (100 + 100 sin 5 + 80 + 40 + noise of 0 to 1): a network that fits does not miss it by a tenth of the range.
    expect(Math.abs(Number(garden?.[3]) - 124_600)).toBeLessThan(20_000);
    expect(Number(garden?.[3]) - Number(none?.[3])).toBeGreaterThan(20_000);
    expect(moon?.slice(0, 3)).toEqual(["false", "60", "moon"]);
    expect(predicted.errors).toBe(
      'In "quarter" 1 row has a value that the network was not trained on, first at\n' +
        '  line 4: "moon". It counts as none of those that it knows.\n',
    );
    expect(predicted.code).toBe(0);
  });

  it("takes every option", async () => {
    const options = ["--task", "regression", "--layers", "4", "--activation", "relu", "--learning-rate", "0.01"];
    const more = ["--batch-size", "full", "--epochs", "2", "--test-fraction", "0.5", "--delimiter", ";"];
    const output = await trainWell("houses.csv", "--target", "size", ...options, ...more);
    expect(output).toContain('Target "size": a regression, as asked.');
    expect(output).toContain("-4-1 (relu), all rows at once, 2 epochs at most.\n");
  });
});

describe("what rivulet train refuses", () => {
  const columns = "Columns: id, quarter, size, garden, price, kind.";

  it.each([
    [["nowhere.csv"], "command-argument value 'nowhere.csv' is invalid for argument 'file'. There is no such file."],
    [["folder.csv"], "command-argument value 'folder.csv' is invalid for argument 'file'. That is a folder."],
    [["houses.csv"], `Say by --target which column of houses.csv to predict. ${columns}`],
    [["houses.csv", "--target", "prize"], `There is no column "prize" in houses.csv. Did you mean "price"? ${columns}`],
    [
      ["houses.csv", "--target", "price", "--ignore", "id,kinds"],
      `There is no column "kinds" in houses.csv. Did you mean "kind"? ${columns}`,
    ],
    [
      ["houses.csv", "--target", "kind", "--task", "regression"],
      'A regression wants numbers, but of the target "kind" 500 of 500 cells are no numbers, first at line 2: "small". ' +
        "Write plain numbers, such as 1234.5, or leave those cells empty.",
    ],
    [
      ["houses.csv", "--target", "price", "--test-fraction", "0.001"],
      "A test fraction of 0.001 of 490 rows leaves 392 to train on, 98 to validate on and 0 to test on. " +
        "Each wants at least one.",
    ],
    [["houses.csv", "--traget", "price"], "unknown option '--traget'\n(Did you mean --target?)"],
  ])("%o, with exit code 2 and a line", async ([file = "", ...options], message) => {
    const { code, output, errors } = await train(file, ...options);
    expect(withoutFolder(errors)).toBe(`error: ${message}\n`);
    expect(output).toBe("");
    expect(code).toBe(2);
  });

  it.each([
    ["--task <name>", "guess", "Allowed choices are regression, classification."],
    [
      "--activation <name>",
      "sigmiod",
      "Allowed choices are linear, sigmoid, tanh, relu, leakyRelu, elu, softplus, softmax, gelu.",
    ],
    ["--backend <name>", "webgl", "Allowed choices are auto, tensorflow, wasm, cpu, webgpu."],
    ["--layers <units>", "16,,4", "Give whole numbers from 1 to 4096, with commas between, such as 32,16."],
    ["--learning-rate <number>", "0", "Give a number above 0 and below 1000000, such as 0.01."],
    ["--learning-rate <number>", "1e9", "Give a number above 0 and below 1000000, such as 0.01."],
    ["--batch-size <rows>", "half", "Give a whole number above 0, or full."],
    ["--epochs <number>", "1.5", "Give a whole number above 0."],
    ["--patience <number>", "0", "Give a whole number above 0."],
    ["--test-fraction <number>", "1", "Give a fraction between 0 and 1, both excluded."],
    ["--seed <number>", "-1", "Give a whole number, 0 or more."],
    ["--delimiter <character>", "ab", "Give one character such as ; or the word tab."],
    ["--save <folder>", "", "Name a folder."],
    ["--save <folder>", "model.json", "A model is a folder with several files: name that one."],
    ["--save <folder>", "package.json/model", `${join(projectFolder, "package.json")} is a file, not a folder.`],
    ["--save <folder>", "LICENSE", "That is a file, not a folder."],
    ["--save <folder>", "src", "That folder holds other files and no model: name a new one."],
  ])("%s being %s, with exit code 2 and a line", async (option, value, mend) => {
    const [name = ""] = option.split(" ");
    const { code, errors } = await train("houses.csv", "--target", "price", name, value);
    expect(errors).toBe(`error: option '${option}' argument '${value}' is invalid. ${mend}\n`);
    expect(code).toBe(2);
  });

  it.each([
    [
      "ragged.csv",
      "ragged.csv, line 3: 1 cell where the header has 2. Mend that row; put a cell that holds the delimiter in quotes.",
    ],
    ["few.csv", "2 rows with a target are too few to train, validate and test on: give 10."],
    ["header.csv", "header.csv has a header and no rows."],
    ["empty.csv", "empty.csv is empty. Its first line must name the columns."],
    [
      "euros.csv",
      'Of the target "b" 10 of 30 cells are no numbers, first at line 4: "6,5". ' +
        "Write plain numbers, such as 1234.5, or leave those cells empty; or say --task classification.",
    ],
  ])("the file %s, with exit code 1 and a line", async (file, message) => {
    const { code, output, errors } = await train(file, "--target", "b");
    expect(withoutFolder(errors)).toBe(`${message}\n`);
    expect(output).toBe("");
    expect(code).toBe(1);
  });

  it("a learning rate that lets the loss diverge, with what to try", async () => {
    const { code, errors } = await train(
      "houses.csv",
      "--target",
      "price",
      "--learning-rate",
      "1000",
      "--backend",
      "wasm",
    );
    expect(errors).toMatch(/^The loss became (NaN|Infinity) in epoch \d+, .*learning rate .*1000/m);
    expect(errors).not.toContain("    at ");
    expect(code).toBe(1);
  });
});

describe("what rivulet predict refuses", () => {
  const invalid = (value: string, argument: string, mend: string) =>
    `error: command-argument value '${value}' is invalid for argument '${argument}'. ${mend}\n`;

  it.each([
    [["nowhere", "houses.csv"], 2, invalid("nowhere", "folder", "There is no such folder.")],
    [["LICENSE", "houses.csv"], 2, invalid("LICENSE", "folder", "That is a file, not a folder.")],
    [["src", "nowhere.csv"], 2, invalid("nowhere.csv", "file", "There is no such file.")],
    [
      ["src", "/dev/null"],
      2,
      invalid("/dev/null", "file", "That can be read only once, and is needed twice: save it as a file."),
    ],
    [["src", "houses.csv", "--target", "a"], 2, "error: unknown option '--target'\n"],
    [
      ["src", "houses.csv"],
      1,
      "Cannot load file://src: there is no model.json. Check the path, which starts from the folder that Node was started in.\n",
    ],
  ])("%o, with a line", async ([model = "", file = "", ...options], expected, message) => {
    const { code, output, errors } = await predict(model, file, ...options);
    expect(withoutFolder(errors)).toBe(message);
    expect(output).toBe("");
    expect(code).toBe(expected);
  });
});

/** Starts the command, to be interrupted; it never outlives the test. */
function startTraining(...options: readonly string[]) {
  const child = spawn(process.execPath, [...command, join(folder, "houses.csv"), ...options], { cwd: projectFolder });
  onTestFinished(() => void child.kill("SIGKILL"));
  let errors = "";
  child.stderr.on("data", (text: Buffer) => (errors += text.toString()));
  const ended = new Promise<{ code: unknown; signal: unknown; errors: string }>((end) => {
    child.on("close", (code, signal) => end({ code, signal, errors }));
  });
  return { child, ended };
}

describe("rivulet train, interrupted", () => {
  it("ends at once by the signal, with a line", async () => {
    const model = join(folder, "interrupted");
    const endless = ["--epochs", "100000", "--patience", "100000"];
    const { child, ended } = startTraining("--target", "price", ...endless, "--save", model);
    let output = "";
    child.stdout.on("data", (text: Buffer) => {
      output += text.toString();
      // From here on it trains.
      if (output.includes("\nNetwork ")) child.kill("SIGINT");
    });
    const { signal, errors } = await ended;
    expect(errors).toBe("Stopped.\n");
    expect(signal).toBe("SIGINT");
    expect((await readdir(folder)).filter((name) => name === "interrupted" || name.startsWith("."))).toEqual([]);
  });
});
