import { mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectFolder, run, runWell } from "../support/run.ts";

let folder = "";

/** A user's first program, in plain JavaScript. */
const program = `
import { Sequential, useBackend } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
const backend = await useBackend(process.argv[2]);
const model = new Sequential([new Dense({ units: 4, activation: "sigmoid" }), new Dense({ units: 1 })], { inputShape: [1] });
const x = Array.from({ length: 32 }, (_, index) => [index / 16 - 1]);
const optimizer = new SGD({ learningRate: 0.1, momentum: 0.9 });
const { history } = await model.fit(x, x, { loss: "meanSquaredError", optimizer, epochs: 50, verbose: 0 });
console.log(JSON.stringify({ backend: backend.name, first: history.loss[0], last: history.loss.at(-1) }));
`;

/** A user's program in TypeScript, with two mistakes that the types must see. */
const typedProgram = `
import * as tf from "@tensorflow/tfjs-core";
import { Sequential, gradient, useBackend, type History } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
await useBackend("cpu");
const model = new Sequential([new Dense({ units: 1, activation: "relu" })], { inputShape: [1] });
const history: History = await model.fit([[1]], [[1]], { loss: "mse", optimizer: new SGD({ momentum: 0.9 }) });
const slope: number[] = gradient((x) => tf.square(x))(2).shape;
// @ts-expect-error units is a number
new Dense({ units: "4" });
// @ts-expect-error there is no such activation
new Dense({ units: 4, activation: "sigmiod" });
export { history, slope };
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rivulet-"));
  await runWell("npm", ["pack", "--ignore-scripts", "--pack-destination", folder]);
  const tarball = (await readdir(folder)).find((name) => name.endsWith(".tgz")) as string;
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "user", type: "module", private: true }));
  await runWell("npm", ["install", "--no-audit", "--no-fund", join(folder, tarball)], folder);
  await writeFile(join(folder, "program.mjs"), program);
  await writeFile(join(folder, "typed.mts"), typedProgram);
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe("the packed package, installed in an empty folder", () => {
  it.each(["20", "22", "24"])("trains under plain Node %s on wasm and cpu, to the same loss", async (version) => {
    const losses = [];
    for (const backend of ["wasm", "cpu"]) {
      const node = ["--yes", "--package", `node@${version}`, "--", "node"];
      const output = await runWell("npx", [...node, "program.mjs", backend], folder);
      const result = JSON.parse(output) as { backend: string; first: number; last: number };
      expect(result.backend).toBe(backend);
      expect(result.last).toBeLessThan(result.first / 10);
      losses.push(result.last);
    }
    // 1e-3: the backends round differently, over 50 steps.
    expect((losses[0] as number) / (losses[1] as number)).toBeCloseTo(1, 3);
  });

  it("has the rivulet command", async () => {
    const output = await runWell("npx", ["rivulet", "backends"], folder);
    expect(output).toMatch(/^(tensorflow|wasm) runs: tfjs 4\.22\.0, float32, \d+ threads?\.$/m);
  });

  it.each(["nodenext", "bundler"])("has types that TypeScript finds, with module resolution %s", async (resolution) => {
    const compiler = join(projectFolder, "node_modules/typescript/bin/tsc");
    const module = resolution === "bundler" ? "esnext" : "nodenext";
    const options = [
      "--noEmit",
      "--strict",
      "--skipLibCheck",
      "--target",
      "es2022",
      "--lib",
      "es2022,esnext.disposable,dom",
    ];
    await runWell(compiler, [...options, "--module", module, "--moduleResolution", resolution, "typed.mts"], folder);
  });

  /** Bundles the program, and returns the folder that holds the bundle: alone, without node_modules. */
  async function bundle(platform: "node" | "browser"): Promise<string> {
    const away = await mkdtemp(join(tmpdir(), "rivulet-bundle-"));
    const options = ["--platform", platform, "--format", "esm", "--dir", away];
    await runWell(join(projectFolder, "node_modules/.bin/rolldown"), ["program.mjs", ...options], folder);
    await writeFile(join(away, "package.json"), JSON.stringify({ type: "module" }));
    return away;
  }

  it("trains from a bundle", async () => {
    const away = await bundle("node");
    const output = await runWell(process.execPath, ["program.js", "cpu"], away);
    const result = JSON.parse(output) as { first: number; last: number };
    expect(result.last).toBeLessThan(result.first / 10);
    await rm(away, { recursive: true });
  });

  it("bundles for a page with one engine and nothing of Node's", async () => {
    const away = await bundle("browser");
    const files = (await readdir(away)).filter((name) => name.endsWith(".js"));
    const code = (await Promise.all(files.map((name) => readFile(join(away, name), "utf8")))).join("\n");
    expect(code.match(/class Engine\b/g)).toHaveLength(1);
    expect(code).not.toMatch(/from "node:|import\("node:|cli-progress/);
    await rm(away, { recursive: true });
  });

  it("runs on cpu where the .wasm files are gone, and says what to do", async () => {
    const dist = join(folder, "node_modules/@tensorflow/tfjs-backend-wasm/dist");
    const files = (await readdir(dist)).filter((name) => name.endsWith(".wasm"));
    await Promise.all(files.map((name) => rename(join(dist, name), join(dist, `${name}.away`))));
    const report = await runWell("npx", ["rivulet", "backends"], folder);
    expect(report).toMatch(/^cpu runs: /);
    expect(report).toMatch(/^wasm did not start: .+\n {2}Install @tensorflow\/tfjs-backend-wasm@4\.22\.0 anew: /m);
    const { code, errors } = await run(process.execPath, ["program.mjs", "wasm"], folder);
    expect(errors).toMatch(/^BackendError: No backend started\. wasm: .+ Install @tensorflow/m);
    expect(code).toBe(1);
    await Promise.all(files.map((name) => rename(join(dist, `${name}.away`), join(dist, name))));
  });
});
