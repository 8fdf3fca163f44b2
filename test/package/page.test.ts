import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type LaunchOptions } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumLaunchOptions } from "../support/chromium.ts";
import { projectFolder, runWell } from "../support/run.ts";

/** A page's own program, bundled and minified as for its visitors. It leaves what came of it in the page. */
const program = `
import { Sequential, useBackend } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
globalThis.outcome = (async () => {
  const report = await useBackend(new URLSearchParams(location.search).get("backend") ?? "auto");
  const model = new Sequential([new Dense({ units: 4, activation: "sigmoid" }), new Dense({ units: 1 })], { inputShape: [1] });
  const x = Array.from({ length: 32 }, (_, index) => [index / 16 - 1]);
  const optimizer = new SGD({ learningRate: 0.1, momentum: 0.9 });
  const { history } = await model.fit(x, x, { loss: "meanSquaredError", optimizer, epochs: 20, verbose: 0 });
  return { name: report.name, report: String(report), first: history.loss[0], last: history.loss.at(-1), layers: model.layerNames };
})().catch((error) => ({ error: error.name + ": " + error.message }));
`;

interface Outcome {
  readonly name: string;
  readonly report: string;
  readonly first: number;
  readonly last: number;
  readonly layers: readonly string[];
  readonly error?: string;
}

const wasmFolder = join(projectFolder, "node_modules/@tensorflow/tfjs-backend-wasm/dist");
let site = "";
const browsers: Browser[] = [];

beforeAll(async () => {
  site = await mkdtemp(join(tmpdir(), "rivulet-page-"));
  // Inside the project, whose own name resolves to what was built.
  const source = join(projectFolder, "dist", "page-under-test.js");
  await writeFile(source, program);
  const options = ["--platform", "browser", "--format", "esm", "--minify", "--dir", site];
  await runWell(join(projectFolder, "node_modules/.bin/rolldown"), [source, ...options]);
  await rm(source);
  await writeFile(join(site, "index.html"), `<script type="module" src="page-under-test.js"></script>`);
});

afterAll(async () => {
  await Promise.all(browsers.map((browser) => browser.close()));
  await rm(site, { recursive: true, force: true });
});

async function launch(options: LaunchOptions): Promise<Browser> {
  const browser = await chromium.launch(options);
  browsers.push(browser);
  return browser;
}

/** Opens the page with a backend asked for, and returns what came of it. */
async function open(
  browser: Browser,
  backend: string,
  wasm: "served" | "missing" | "a page instead",
): Promise<Outcome> {
  const page = await browser.newPage();
  await page.route("http://localhost/**", async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1) || "index.html";
    if (name.endsWith(".wasm") && wasm === "served") return route.fulfill({ path: join(wasmFolder, name) });
    if (name.endsWith(".wasm") && wasm === "a page instead") return route.fulfill({ path: join(site, "index.html") });
    const path = join(site, name);
    return existsSync(path) ? route.fulfill({ path }) : route.fulfill({ status: 404 });
  });
  await page.goto(`http://localhost/?backend=${backend}`);
  await page.waitForFunction("globalThis.outcome");
  const outcome = (await page.evaluate("globalThis.outcome")) as Outcome;
  await page.close();
  return outcome;
}

describe("a page with the minified bundle", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch(chromiumLaunchOptions());
  });

  it.each(["webgl", "wasm", "cpu", "webgpu"])("trains on %s", async (backend) => {
    const outcome = await open(browser, backend, "served");
    expect(outcome).toMatchObject({ name: backend, layers: ["dense_1", "dense_2"] });
    expect(outcome.last).toBeLessThan(outcome.first / 2);
  });

  it("takes webgl by itself", async () => {
    const { report } = await open(browser, "auto", "served");
    expect(report).toMatch(/^webgl runs: tfjs 4\.22\.0, float32, .*SwiftShader.*\.$/);
  });

  it.each(["missing", "a page instead"] as const)("says what to do where the .wasm file is %s", async (wasm) => {
    const { error } = await open(browser, "wasm", wasm);
    expect(error).toMatch(
      /^BackendError: No backend started\. wasm: .+\. Serve the \.wasm files of @tensorflow\/tfjs-/,
    );
  });
});

describe("a browser without WebGL", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch({ ...chromiumLaunchOptions(), args: ["--use-gl=disabled"] });
  });

  it("runs wasm, and says why not webgl", async () => {
    const { report } = await open(browser, "auto", "served");
    expect(report).toMatch(
      /^wasm runs: tfjs 4\.22\.0, float32, 1 thread\.\nwebgl did not start: .+\.\n {2}Turn on hardware/,
    );
  });

  it("runs cpu where the .wasm files are missing too, and says why not wasm", async () => {
    const { report } = await open(browser, "auto", "missing");
    expect(report).toMatch(/^cpu runs: .+\nwebgl did not start: .+\.\n.+\nwasm did not start: .+\.\n {2}Serve the/);
  });

  it("refuses webgl by name", async () => {
    const { error } = await open(browser, "webgl", "served");
    expect(error).toMatch(/^BackendError: No backend started\. webgl: .+\. Turn on hardware acceleration/);
  });
});
