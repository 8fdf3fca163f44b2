import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RegimeComparison } from "rivulet";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { projectFolder, run, runWell } from "../support/run.ts";

let folder = "";

const command = ["dist/src/cli/main.js", "bench"];
const bench = (...options: readonly string[]) => run(process.execPath, [...command, ...options]);
const benchWell = (...options: readonly string[]) =>
  runWell(process.execPath, [...command, "--backend", "wasm", ...options]);

const readComparison = async (path: string) => JSON.parse(await readFile(path, "utf8")) as RegimeComparison;

/** A run that does not take long. */
const quick = ["--batch-sizes", "full,32", "--momentum", "0.9", "--epochs", "3", "--repeats", "2"];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rivulet-bench-"));
  const rows = Array.from({ length: 60 }, (_, index) => `${index % 9},${(index * 7) % 11},${(index % 9) * 0.37 + 1}`);
  await writeFile(join(folder, "numbers.csv"), ["a,b,c", ...rows].join("\n"));
  await writeFile(join(folder, "ragged.csv"), "a,b\n1,2\n3\n");
  await writeFile(join(folder, "empty.csv"), "");
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe("rivulet bench", () => {
  it("compares what nobody chose, in 80 columns, without colours, progress apart from results", async () => {
    const json = join(folder, "default.json");
    const { code, output, errors } = await bench("--json", json);
    expect(code).toBe(0);
    const { runs } = await readComparison(json);
    const steps = runs.reduce((sum, { curve }) => sum + (curve.steps.at(-1) ?? NaN), 0);
    // In two minutes, then, a step may take 2 ms: the slowest backend of Node takes half of that on a busy machine.
    expect(steps).toBeLessThan(60_000);
    for (const line of output.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(output + errors).not.toContain("\u001B");
    expect(output.match(/^\| +(full|128|32|8|1) \| +(0|0\.9) \|/gm)).toHaveLength(20);
    expect(output).toContain("Network 1-16-1 (tanh), 49 weights, meanSquaredError; sgd, learning rate 0.03.");
    expect(errors).toMatch(/^100 %, 30 of 30 runs done, about 0\.0 s left$/m);
    expect(errors.split("\n").length).toBeLessThanOrEqual(12);
  });

  it("writes all that was measured as JSON, and the table as CSV", async () => {
    const [json, csv] = [join(folder, "out.json"), join(folder, "out.csv")];
    const output = await benchWell(...quick, "--json", json, "--csv", csv);
    const comparison = await readComparison(json);
    expect(comparison.format).toBe("rivulet-regime-comparison");
    expect(comparison.runs.map(({ regime, repeat, seed }) => [regime, repeat, seed])).toEqual([
      [0, 0, 42],
      [0, 1, 43],
      [1, 0, 42],
      [1, 1, 43],
    ]);
    expect(comparison.command).toBe(`npx rivulet bench --backend wasm ${quick.join(" ")} --json ${json} --csv ${csv}`);
    expect(comparison.backends[0]?.description).toBe("wasm runs: tfjs 4.22.0, float32, 1 thread.");
    const loss = comparison.regimes[1]?.measured.trainingLoss?.median ?? NaN;
    expect(output).toContain(` ${Number(loss.toPrecision(3))} `);
    const lines = (await readFile(csv, "utf8")).trim().split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^batchSize,realBatchSize,momentum,learningRate,optimizer,backend,compile,finished,/);
    expect(lines[1]).toMatch(/^full,256,0\.9,0\.03,sgd,wasm,auto,2,0,0,0,,3,3,3,3,3,3,768,/);
  });

  it("writes a page that opens by itself, with the same numbers", async () => {
    const [json, html] = [join(folder, "page.json"), join(folder, "page.html")];
    await benchWell(...quick, "--json", json, "--html", html);
    const page = await readFile(html, "utf8");
    expect(page).toMatch(/^<!doctype html>/);
    const [, held = ""] = /<script type="application\/json" id="comparison">([^<]*)</.exec(page) ?? [];
    // A page has nine digits of a fraction.
    const rounded = (_: string, value: unknown) => (typeof value === "number" ? Number(value.toPrecision(9)) : value);
    expect(JSON.parse(held)).toEqual(JSON.parse(await readFile(json, "utf8"), rounded));
  });

  it("has the same losses and counts again from the same seed, and with workers, which run them elsewhere", async () => {
    const outcomeOf = async (name: string, ...options: readonly string[]) => {
      await benchWell(...quick, "--json", join(folder, name), ...options);
      const { runs } = await readComparison(join(folder, name));
      return runs.map(({ curve: { steps, trainingLoss, validationLoss }, gradientNoise, path }) => {
        return { steps, trainingLoss, validationLoss, gradientNoise, path };
      });
    };
    const first = await outcomeOf("first.json");
    expect(await outcomeOf("again.json")).toEqual(first);
    expect(await outcomeOf("workers.json", "--workers", "2")).toEqual(first);
    expect(await outcomeOf("seed.json", "--seed", "7")).not.toEqual(first);
  });

  it("takes every option", async () => {
    const [json, options] = [
      join(folder, "options.json"),
      ["--data", "spirals", "--layers", "4,3", "--activation", "relu"],
    ];
    const more = ["--optimizer", "rmsprop", "--learning-rate", "0.01,0.02", "--momentum", "0", "--batch-sizes", "64"];
    const rest = ["--steps", "5", "--target-loss", "0.6", "--repeats", "1", "--seed", "5", "--compile", "off"];
    await benchWell(...options, ...more, ...rest, "--json", json);
    const { problem, network, budget, target, regimes, runs, seeds } = await readComparison(json);
    expect(problem.name).toBe("spirals");
    expect(network).toEqual({
      layers: [2, 4, 3, 1],
      activation: "relu",
      loss: "binaryCrossentropyFromLogits",
      parameters: 31,
    });
    expect(budget).toEqual({ unit: "steps", amount: 5 });
    expect(target).toEqual({ loss: 0.6, from: "asked" });
    expect(seeds).toEqual([5]);
    expect(regimes.map(({ learningRate, optimizer, compile }) => [learningRate, optimizer, compile])).toEqual([
      [0.01, "rmsprop", false],
      [0.02, "rmsprop", false],
    ]);
    expect(runs[0]?.compiled).toBe(false);
  });

  it("compares backends, and has each regime find its own rate", async () => {
    const json = join(folder, "backends.json");
    const options = ["--batch-sizes", "32", "--momentum", "0", "--epochs", "4", "--repeats", "1", "--json", json];
    const output = await runWell(process.execPath, [
      ...command,
      "--backend",
      "wasm,cpu",
      "--fair-learning-rates",
      ...options,
    ]);
    const { regimes, learningRateSweeps } = await readComparison(json);
    expect(regimes.map(({ backend }) => backend)).toEqual(["wasm", "cpu"]);
    expect(learningRateSweeps?.map(({ tried }) => tried.length)).toEqual([7, 7]);
    expect(regimes.map(({ learningRate }) => learningRate)).toEqual(learningRateSweeps?.map(({ chosen }) => chosen));
    expect(output).toContain("Each regime's rate is its best of a search");
  });

  it("trains on a CSV file, for numbers and for classes", async () => {
    const file = join(folder, "numbers.csv");
    const numbers = await benchWell("--data", file, "--target", "c", ...quick);
    expect(numbers).toContain('Target "c": numbers, so a regression.');
    expect(numbers).toContain('Column "c" of numbers.csv. 44 samples to train on, 16 to validate on.');
    const options = ["--batch-sizes", "8", "--momentum", "0", "--seconds", "0.05", "--repeats", "1"];
    expect(await benchWell("--data", file, "--target", "a", ...options)).toContain("categoricalCrossentropyFromLogits");
  });

  it("has a row that says so for a rate that diverges", async () => {
    const output = await benchWell(
      "--learning-rate",
      "1000",
      "--batch-sizes",
      "32",
      "--momentum",
      "0",
      "--repeats",
      "1",
    );
    expect(output).toMatch(/^\| +32 \| +0\/1 \| +– \| +– \| +diverged \| +– \|$/m);
    expect(output).toMatch(/^batch 32: of 1 run 1 diverged\. The loss became (NaN|Infinity) /m);
  });
});

describe("what rivulet bench refuses, with exit code 2 and a line", () => {
  it.each([
    [
      "--data <name>",
      "sinus",
      'There is no such file. Did you mean "sine"? Built-in problems: sine, ill-conditioned, auto-mpg, spirals.',
    ],
    ["--data <name>", "src", "That is a folder."],
    ["--layers <units>", "4,,4", "Give whole numbers from 1 to 4096, with commas between, such as 32,16."],
    [
      "--activation <name>",
      "sigmiod",
      "Allowed choices are linear, sigmoid, tanh, relu, leakyRelu, elu, softplus, softmax, gelu.",
    ],
    ["--optimizer <name>", "sdg", "Allowed choices are sgd, adagrad, rmsprop, adam, adamw."],
    [
      "--learning-rate <rates>",
      "0.1,0",
      "Give numbers above 0 and below 1000000, with commas between, such as 0.01,0.1.",
    ],
    ["--learning-rate <rates>", "0.1,0.1", "Give each value once."],
    ["--momentum <numbers>", "1", "Give numbers from 0 to below 1, with commas between, such as 0,0.9."],
    ["--batch-sizes <sizes>", "all", "Give whole numbers above 0, or full, with commas between, such as full,32,1."],
    ["--epochs <number>", "0.5", "Give a whole number above 0."],
    ["--steps <number>", "0", "Give a whole number above 0."],
    ["--samples <number>", "x", "Give a whole number above 0."],
    ["--seconds <number>", "0", "Give a number above 0."],
    ["--target-loss <number>", "low", "Give a number."],
    ["--repeats <number>", "0", "Give a whole number above 0."],
    ["--seed <number>", "-1", "Give a whole number, 0 or more."],
    ["--backend <names>", "wasm,webgl", "Known: auto, tensorflow, wasm, cpu, webgpu."],
    ["--compile <way>", "on", "Allowed choices are auto, off."],
    ["--workers <number>", "0", "Give a whole number above 0."],
    ["--json <file>", "nowhere/out.json", "There is no such folder. Make it first, or check the path."],
    ["--csv <file>", "src", "That is a folder. Name a file in it."],
    ["--json <file>", "LICENSE/out.json", "A part of its path is a file, not a folder. Check the path."],
  ])("%s being %s", async (option, value, mend) => {
    const [name = ""] = option.split(" ");
    const { code, output, errors } = await bench(name, value);
    expect(errors).toBe(`error: option '${option}' argument '${value}' is invalid. ${mend}\n`);
    expect(output).toBe("");
    expect(code).toBe(2);
  });

  it.each([
    [["--batchsizes", "1"], "unknown option '--batchsizes'\n(Did you mean --batch-sizes?)"],
    [["--target", "c"], "--target is of a CSV file, and sine is built in."],
    [["--json", "same.out", "--csv", "same.out"], "Two options name the same file to write."],
    [["--optimizer", "adam", "--momentum", "0.9"], 'Adam has no option "momentum". Did you mean "beta1"? Known: '],
    [["--epochs", "2", "--steps", "2"], "option '--epochs <number>' cannot be used with option '--steps <number>'"],
  ])("%o", async (options, message) => {
    const { code, output, errors } = await bench("--backend", "cpu", ...options);
    expect(errors).toContain(`error: ${message}`);
    expect(output).toBe("");
    expect(code).toBe(2);
  });

  it("a CSV file without a target, and one that does not have it", async () => {
    const file = join(folder, "numbers.csv");
    const without = await bench("--data", file, "--backend", "cpu");
    expect(without.errors).toBe(`error: Say by --target which column of ${file} to predict. Columns: a, b, c.\n`);
    expect(without.code).toBe(2);
    const other = await bench("--data", file, "--backend", "cpu", "--target", "d");
    expect(other.errors).toContain(`There is no column "d" in ${file}.`);
    expect(other.code).toBe(2);
  });

  it.each([
    ["ragged.csv", "line 3: 1 cell where the header has 2."],
    ["empty.csv", "is empty. Its first line must name the columns."],
  ])("the file %s, with exit code 1", async (file, message) => {
    const { code, output, errors } = await bench("--data", join(folder, file), "--target", "b", "--backend", "cpu");
    expect(errors).toContain(message);
    expect(output).toBe("");
    expect(code).toBe(1);
  });
});

/** The processes that another one has started. */
async function childrenOf({ pid }: ChildProcess): Promise<number[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
  return children.trim().split(" ").filter(Boolean).map(Number);
}

/** The children of a command, once it has so many. */
async function soManyChildrenOf(child: ChildProcess, count: number): Promise<readonly number[]> {
  for (;;) {
    const children = await childrenOf(child);
    if (children.length >= count) return children;
    await new Promise((resolve) => void setTimeout(resolve, 10));
  }
}

const isAlive = (pid: number) => existsSync(`/proc/${pid}`);

/** A command under way: what it has said, and how it ends. */
class Bench {
  readonly child: ChildProcess;
  output = "";
  errors = "";
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;

  constructor(...options: readonly string[]) {
    const child = spawn(process.execPath, [...command, "--backend", "wasm", ...options], { cwd: projectFolder });
    this.child = child;
    child.stdout.on("data", (text: Buffer) => (this.output += text.toString()));
    child.stderr.on("data", (text: Buffer) => (this.errors += text.toString()));
    this.ended = new Promise((end) => void child.on("close", (code, signal) => end({ code, signal })));
    onTestFinished(() => void child.kill("SIGKILL"));
  }

  /** Resolves once a line of progress has come that is wanted. */
  async hears(wanted: RegExp): Promise<void> {
    while (!wanted.test(this.errors)) {
      if (this.child.exitCode !== null) throw new Error(`It ended before: ${this.errors}`);
      await new Promise((resolve) => void this.child.stderr?.once("data", resolve));
    }
  }
}

/** Many runs of one regime, each of some tenths of a second. */
const many = ["--batch-sizes", "32", "--momentum", "0", "--epochs", "300", "--repeats", "30"];

describe("rivulet bench, interrupted", () => {
  it("says and writes what was measured so far, then ends by the signal", async () => {
    const json = join(folder, "interrupted.json");
    const started = new Bench(...many, "--json", json);
    await started.hears(/^10 %/m);
    started.child.kill("SIGINT");
    expect((await started.ended).signal).toBe("SIGINT");
    expect(started.errors).toContain("\nStopping. What was measured so far follows; Ctrl-C again ends at once.\n");
    const { isComplete, whyIncomplete, runs } = await readComparison(json);
    expect(isComplete).toBe(false);
    expect(started.output.replaceAll(/\s+/g, " ")).toContain(whyIncomplete);
    const statuses = runs.map(({ status }) => status);
    const done = Number(/^10 %, (\d+) of 30/m.exec(started.errors)?.[1]);
    expect(done).toBeGreaterThan(0);
    expect(new Set(statuses.slice(0, done))).toEqual(new Set(["finished"]));
    expect(statuses.at(-1)).toBe("stopped");
    expect(new Set(runs.slice(0, done).map(({ curve }) => curve.epochs.at(-1)))).toEqual(new Set([300]));
  });

  it("leaves what was measured so far in its files, marked as incomplete, where it is killed", async () => {
    const [json, csv, html] = ["json", "csv", "html"].map((ending) => join(folder, `killed.${ending}`)) as [
      string,
      string,
      string,
    ];
    const started = new Bench(...many, "--json", json, "--csv", csv, "--html", html);
    await started.hears(/^10 %/m);
    started.child.kill("SIGKILL");
    expect((await started.ended).signal).toBe("SIGKILL");
    const { isComplete, whyIncomplete, runs } = await readComparison(json);
    expect(isComplete).toBe(false);
    expect(whyIncomplete).toMatch(
      /^It was not over when this was written\. \d+ of 30 runs are missing or cut short\.$/,
    );
    expect(runs[0]?.status).toBe("finished");
    expect(runs[0]?.curve.epochs.at(-1)).toBe(300);
    expect(runs.at(-1)?.reason).toBe("It had not ended when this was written.");
    expect(await readFile(csv, "utf8")).toContain("It had not ended when this was written.");
    expect(await readFile(html, "utf8")).toContain("It was not over when this was written.");
  });
});

describe("rivulet bench with workers", () => {
  it("has one failed run for a process that dies, and goes on with the rest", async () => {
    const json = join(folder, "died.json");
    const options = ["--workers", "2", "--batch-sizes", "1", "--epochs", "20", "--momentum", "0", "--repeats", "8"];
    const started = new Bench(...options, "--json", json);
    // More runs are left than there are processes: each of them has one.
    await started.hears(/^[2-6]0 %, [2-4] of 8/m);
    const [victim] = await soManyChildrenOf(started.child, 2);
    process.kill(victim ?? NaN, "SIGKILL");
    expect(await started.ended).toEqual({ code: 0, signal: null });
    const { runs, regimes, secondsAreComparable } = await readComparison(json);
    expect(runs.map(({ status }) => status).toSorted()).toEqual(["failed", ...runs.slice(1).map(() => "finished")]);
    expect(regimes[0]?.reason).toBe("The process that ran it died.");
    expect(secondsAreComparable).toBe(false);
    expect((await readdir(folder)).filter((name) => name.startsWith(".") || name.endsWith(".partial"))).toEqual([]);
  });

  it("goes on also where one dies while it starts", async () => {
    const json = join(folder, "stillborn.json");
    const options = ["--workers", "2", "--batch-sizes", "32", "--epochs", "3", "--momentum", "0", "--repeats", "4"];
    const started = new Bench(...options, "--json", json);
    const [victim] = await soManyChildrenOf(started.child, 1);
    process.kill(victim ?? NaN, "SIGKILL");
    expect(await started.ended).toEqual({ code: 0, signal: null });
    const { runs } = await readComparison(json);
    expect(runs.map(({ status }) => status).toSorted()).toEqual(["failed", "finished", "finished", "finished"]);
  });

  it("keeps what was measured of the runs that Ctrl-C cuts short", async () => {
    const json = join(folder, "interrupted-workers.json");
    const options = ["--workers", "2", "--batch-sizes", "32", "--momentum", "0", "--steps", "100000", "--repeats", "2"];
    const started = new Bench(...options, "--json", json);
    await started.hears(/^10 %/m);
    const workers = await childrenOf(started.child);
    // A terminal sends it to all of them.
    for (const pid of [...workers, started.child.pid ?? NaN]) process.kill(pid, "SIGINT");
    expect((await started.ended).signal).toBe("SIGINT");
    expect(workers.filter(isAlive)).toEqual([]);
    const { runs, whyIncomplete } = await readComparison(json);
    expect(whyIncomplete).toBe("It was interrupted: 2 of 2 runs are missing or cut short.");
    expect(runs.map(({ status, reason }) => [status, reason])).toEqual([
      ["stopped", "It was interrupted."],
      ["stopped", "It was interrupted."],
    ]);
    const steps = runs.map(({ curve }) => curve.steps.at(-1) ?? 0);
    // A tenth of both, in whichever of them.
    expect((steps[0] ?? 0) + (steps[1] ?? 0)).toBeGreaterThan(15_000);
    // The processes have ended their runs themselves: what was only heard of them has no path.
    expect(runs[0]?.path?.x).toHaveLength(runs[0]?.curve.steps.length ?? NaN);
    expect(runs[0]?.measured.warmUpSeconds).toBeGreaterThan(0);
  });

  it("leaves no process behind where it is killed", async () => {
    const started = new Bench("--workers", "2", "--steps", "100000", "--repeats", "2");
    const workers = await soManyChildrenOf(started.child, 2);
    started.child.kill("SIGKILL");
    await started.ended;
    await expect.poll(() => workers.filter(isAlive), { timeout: 20_000 }).toEqual([]);
  });
});
