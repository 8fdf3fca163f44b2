import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright";
import { Sequential, useBackend } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { makePoints } from "../../examples/lab/fit-a-curve/data/datasets.ts";
import { rowsOf } from "../../examples/lab/fit-a-curve/data/rows.ts";
import { chromiumLaunchOptions } from "../support/chromium.ts";
import { openLab, type Misdeeds } from "../support/lab-site.ts";
import { runWell } from "../support/run.ts";

let browser: Browser;
let folder = "";
let opened: { readonly page: Page; readonly misdeeds: Misdeeds }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rivulet-lab-"));
  const to = ["--outDir", folder, "--emptyOutDir"];
  await runWell("npx", ["vite", "build", "--config", "examples/lab/vite.config.ts", ...to]);
  browser = await chromium.launch(chromiumLaunchOptions());
});

afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

/** Every test is one of good behaviour, too: nothing on the console, no request for what is not the site's. */
afterEach(async () => {
  const seen = opened.map(({ misdeeds }) => misdeeds);
  await Promise.all(opened.map(({ page }) => page.context().close()));
  opened = [];
  for (const misdeeds of seen) expect(misdeeds).toEqual({ console: [], requests: [] });
});

async function open(fields: string, options: BrowserContextOptions = {}, within = browser): Promise<Page> {
  const lab = await openLab(within, `#/fit?${fields}`, options, folder);
  opened.push(lab);
  return lab.page;
}

/** A network and batches so small that a step in software is short. */
const small = "hidden=4&batch=full";

const press = async (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

/** Waits until the training stands still; at a step, if one is given. */
async function held(page: Page, step?: number): Promise<number> {
  const at = step === undefined ? "" : `[data-step="${step}"]`;
  const counts = page.locator(`.fit-transport:has([data-status=held])[data-busy=false] .fit-counts${at}`);
  await counts.waitFor({ timeout: 60_000 });
  return Number(await counts.getAttribute("data-step"));
}

/** A number as it is, not as it is rounded for the eye. */
async function readout(page: Page, name: "loss" | "validation" | "now"): Promise<number> {
  return Number((await page.locator(`[data-readout=${name}]`).getAttribute("data-exact")) ?? NaN);
}

const fieldsOf = (page: Page) => new URLSearchParams(new URL(page.url()).hash.split("?")[1]);

/** Runs an expression where the page trains. tfjs keeps its engine in a global of this name. */
async function inWorker(page: Page, expression: string): Promise<unknown> {
  return page.workers()[0]?.evaluate(expression);
}

const backend = (page: Page) => page.locator("[data-backend]");

/** What the library's own calls give in Node for the page's default curve. */
async function lossInNode(epochs: number): Promise<{ readonly loss: number; readonly validation: number }> {
  await useBackend("cpu");
  const { training, validation } = rowsOf(makePoints("sine"), 1);
  if (validation === undefined) throw new Error("The data has no points for validation.");
  const dataOf = ({ count, x, y }: typeof training) => {
    return [
      { values: x, shape: [count, 1] },
      { values: y, shape: [count, 1] },
    ] as const;
  };
  using model = new Sequential([new Dense({ units: 4, activation: "tanh" }), new Dense({ units: 1 })], {
    inputShape: [1],
    seed: 1,
  });
  using optimizer = new SGD({ learningRate: 0.05, momentum: 0.9 });
  const { history } = await model.fit(...dataOf(training), {
    loss: "meanSquaredError",
    optimizer,
    batchSize: 16,
    epochs,
    validationData: dataOf(validation),
    verbose: 0,
  });
  return { loss: history["loss"]?.at(-1) ?? NaN, validation: history["val_loss"]?.at(-1) ?? NaN };
}

describe("training", () => {
  it.each([
    // Node's and Chromium's engines may have exponentials of their own; sums in other orders; a GPU's exponentials.
    ["cpu", 1e-6],
    ["wasm", 1e-6],
    ["webgl", 1e-5],
  ] as const)("on %s reaches the loss that Node reaches", async (name, bound) => {
    const page = await open(`hidden=4&backend=${name}&step=60`);
    await held(page, 60);
    const { loss, validation } = await lossInNode(20);
    expect(await backend(page).getAttribute("data-backend")).toBe(name);
    expect(Math.abs((await readout(page, "loss")) - loss)).toBeLessThan(bound);
    expect(Math.abs((await readout(page, "validation")) - validation)).toBeLessThan(bound);
    expect(await page.locator("[data-readout=step]").textContent()).toMatch(/^compiled: \d+ kernels$/);
  });

  it("takes WebGL, in a worker", async () => {
    const page = await open(small);
    await held(page, 0);
    expect(await backend(page).textContent()).toMatch(/^WebGL, .*(SwiftShader|ANGLE)/);
    expect(await inWorker(page, "_tfengine.backendName")).toBe("webgl");
    await page.getByText("a worker, beside the page").waitFor();
  });

  it("is held by a button, goes step by step and epoch by epoch, and begins anew from the same start", async () => {
    const page = await open("backend=cpu&hidden=4");
    await held(page, 0);
    const start = await readout(page, "now");
    await press(page, "One epoch");
    await held(page, 3);
    const first = await readout(page, "loss");
    await press(page, "One step");
    await held(page, 4);
    await press(page, "One epoch");
    await held(page, 6);
    await press(page, "Train");
    await page.waitForFunction(() => Number(document.querySelector<HTMLElement>(".fit-counts")?.dataset["step"]) > 30);
    await press(page, "Pause");
    const step = await held(page);
    await page.waitForTimeout(200);
    expect(await held(page)).toBe(step);
    expect(await readout(page, "now")).not.toBe(start);
    await expect.poll(() => Number(fieldsOf(page).get("step"))).toBe(step);
    await press(page, "Reset");
    await held(page, 0);
    expect(await readout(page, "now")).toBe(start);
    await press(page, "One epoch");
    await held(page, 3);
    expect(await readout(page, "loss")).toBe(first);
  });

  it("goes on with another setting while it runs", async () => {
    const page = await open("backend=cpu&hidden=4");
    await held(page, 0);
    await press(page, "Train");
    await page.getByRole("combobox", { name: "Activation" }).selectOption("relu");
    await page.locator('[data-status="training"]').waitFor();
    await page.waitForFunction(() => Number(document.querySelector<HTMLElement>(".fit-counts")?.dataset["step"]) > 30);
    await press(page, "Pause");
    await held(page);
    expect(fieldsOf(page).get("activation")).toBe("relu");
  });

  it("holds as many tensors and textures after 500 more steps", async () => {
    const page = await open("backend=webgl&hidden=2&batch=full&step=20");
    await held(page, 20);
    const count = "[_tfengine.state.numTensors, _tfengine.backend.textureManager.getNumUsedTextures()]";
    const before = await inWorker(page, count);
    await press(page, "Train");
    await page.waitForFunction(
      () => Number(document.querySelector<HTMLElement>(".fit-counts")?.dataset["step"]) >= 520,
      undefined,
      { timeout: 200_000 },
    );
    await press(page, "Pause");
    await held(page);
    // What a picture was drawn of is let go a moment later.
    await expect.poll(async () => inWorker(page, count)).toEqual(before);
    await press(page, "Reset");
    await held(page, 0);
    await press(page, "Tensors");
    const shown = page.locator("output[data-tensors]");
    expect(Number(await shown.getAttribute("data-tensors"))).toBeLessThanOrEqual(Number((before as number[])[0]));
  });

  it("ends with the page", async () => {
    const page = await open("backend=cpu&hidden=4");
    await held(page, 0);
    await press(page, "Train");
    await page.getByRole("link", { name: "Descent" }).click();
    await page.getByRole("heading", { name: "Descent", level: 1 }).waitFor();
    await expect.poll(() => page.workers().length).toBe(0);
    await page.getByRole("link", { name: "Fit a curve" }).click();
    await held(page);
  });

  it("runs on the page's own thread where a worker has no WebGL", async () => {
    const lab = await openLab(browser, "#/descent", {}, folder);
    opened.push(lab);
    const { page } = lab;
    await page.route("**/worker-*.js", async (route) => {
      const name = new URL(route.request().url()).pathname;
      const body = `self.OffscreenCanvas = undefined;${await readFile(join(folder, name), "utf8")}`;
      await route.fulfill({ body, contentType: "text/javascript" });
    });
    await page.goto(`http://localhost/#/fit?${small}&step=5`);
    await held(page, 5);
    await page.getByText("the page's own thread, in slices").waitFor();
    expect(await backend(page).getAttribute("data-backend")).toBe("webgl");
    expect(page.workers()).toEqual([]);
    // By now the other pages' code was fetched, which computes on this thread too, by JavaScript.
    await page.waitForTimeout(3000);
    await press(page, "Train");
    await page.waitForFunction(() => Number(document.querySelector<HTMLElement>(".fit-counts")?.dataset["step"]) > 10);
    await press(page, "Pause");
    await held(page);
    expect(await page.evaluate("_tfengine.backendName")).toBe("webgl");
    await page.getByRole("link", { name: "Descent" }).click();
    await expect.poll(async () => page.evaluate("_tfengine.backendName")).toBe("cpu");
  });
});

describe("a link", () => {
  it("opens the same training elsewhere, where it stood", async () => {
    const page = await open("backend=cpu&hidden=3&data=xor");
    await held(page, 0);
    await page.locator(".fit-pad").click({ position: { x: 100, y: 100 } });
    await page.getByRole("combobox", { name: "Rule" }).selectOption("rmsprop");
    await page.getByRole("spinbutton", { name: "Seed" }).fill("77");
    await page.waitForTimeout(300);
    await held(page, 0);
    await press(page, "One epoch");
    const step = await held(page);
    expect(step).toBeGreaterThan(0);
    await expect.poll(() => Number(fieldsOf(page).get("step"))).toBe(step);
    const other = await open(new URL(page.url()).hash.split("?")[1] ?? "");
    await held(other, step);
    expect(await readout(other, "loss")).toBe(await readout(page, "loss"));
    expect(await readout(other, "now")).toBe(await readout(page, "now"));
    expect(await other.locator(".fit-chart").getAttribute("data-points")).toBe("161");
    expect(new URL(other.url()).hash).toBe(new URL(page.url()).hash);
  });

  it.each(["data=volcano", "points=AAA", "hidden=99", "rate=1e9", "axes=[[", "seed=%"])(
    "that was tampered with opens the default and says so: %s",
    async (fields) => {
      const page = await open(fields);
      await page.getByText("This link could not be read", { exact: false }).waitFor();
      await held(page, 0);
      await expect.poll(() => fieldsOf(page).get("data")).toBe("sine");
    },
  );
});

describe("data", () => {
  const chosen = async (page: Page, name: string, text: string) =>
    page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

  it("comes from a CSV file that is chosen", async () => {
    const page = await open("backend=cpu&hidden=2");
    await held(page, 0);
    await chosen(page, "cars.csv", "hp,mpg\n50,40\n100,30\n150,15\n200,10\n");
    await page.getByText("cars.csv: 4 rows read.", { exact: false }).waitFor();
    await expect.poll(() => fieldsOf(page).get("data")).toBe("curve");
    await expect.poll(() => fieldsOf(page).get("axes")).toBe('[["hp",50,200],["mpg",10,40]]');
    await page.getByText("4 to train on, 0 for validation").waitFor();
    await press(page, "One step");
    await held(page, 1);
  });

  it("comes from a CSV file that is dropped", async () => {
    const page = await open("backend=cpu&hidden=2");
    await held(page, 0);
    const transfer = await page.evaluateHandle(() => {
      const data = new DataTransfer();
      data.items.add(new File(["1,2,yes\n2,1,no\n3,3,yes\n4,0,no\n"], "classes.csv"));
      return data;
    });
    await page.dispatchEvent(".fit-chart", "dragover", { dataTransfer: transfer });
    await page.getByText("Drop the file to learn from it").waitFor();
    await page.dispatchEvent(".fit-chart", "drop", { dataTransfer: transfer });
    await page.getByText("classes.csv: 4 rows read.", { exact: false }).waitFor();
    await page.getByText("Class yes").waitFor();
    await expect.poll(() => fieldsOf(page).get("loss")).toBe("binaryCrossentropyFromLogits");
  });

  it("stays as it is where a CSV file is bad, and the page says what is wrong and where", async () => {
    const page = await open("backend=cpu&hidden=2");
    await held(page, 0);
    await chosen(page, "bad.csv", "x,y\n1,2\n3,4\n5,five\n");
    await page
      .getByText(
        "bad.csv was not read. In row 4, column “y”, “five” is no number. Mend it there, or drop the row. What was " +
          "here before goes on.",
      )
      .waitFor();
    expect(fieldsOf(page).get("data")).toBe("sine");
    await press(page, "One step");
    await held(page, 1);
    await press(page, "Dismiss");
    expect(await page.locator(".notice").count()).toBe(0);
  });

  it("is drawn by mouse, click by click and in a stroke, and taken away", async () => {
    const page = await open("backend=cpu&hidden=2&data=curve");
    await page.getByText("Click or tap here to set points", { exact: false }).waitFor();
    const pad = page.locator(".fit-pad");
    const count = async () => page.locator(".fit-chart").getAttribute("data-points");
    await pad.click({ position: { x: 50, y: 50 } });
    await pad.click({ position: { x: 150, y: 150 } });
    expect(await count()).toBe("2");
    await page.getByText("A network needs 3 points at least.", { exact: false }).waitFor();
    const box = await pad.boundingBox();
    if (box === null) throw new Error("The pad is not there.");
    await page.mouse.move(box.x + 200, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + 300, box.y + 100, { steps: 20 });
    await page.mouse.up();
    const drawn = Number(await count());
    expect(drawn).toBeGreaterThan(5);
    await held(page, 0);
    await page.getByRole("radio", { name: "take points away" }).check();
    await pad.click({ position: { x: 50, y: 50 } });
    expect(await count()).toBe(String(drawn - 1));
    await press(page, "Clear");
    expect(await count()).toBe("0");
  });

  it("is drawn by touch", async () => {
    const page = await open("backend=cpu&hidden=2&data=curve", {
      hasTouch: true,
      viewport: { width: 390, height: 844 },
    });
    for (const x of [40, 80, 120]) await page.locator(".fit-pad").tap({ position: { x, y: x } });
    expect(await page.locator(".fit-chart").getAttribute("data-points")).toBe("3");
    await held(page, 0);
  });

  it("is drawn by keyboard, and told to who hears the page", async () => {
    const page = await open("backend=cpu&hidden=2&data=classes");
    const pad = page.locator(".fit-pad");
    await pad.focus();
    for (const key of ["Enter", "ArrowRight", "Shift+ArrowRight", "Enter", "ArrowUp", " "]) await pad.press(key);
    await page.getByText("0.3, 0.05. 3 points.").waitFor();
    await pad.press("Delete");
    await page.getByText("0.3, 0.05. 2 points.").waitFor();
    await page.getByRole("radio", { name: "set class B" }).check();
    await pad.press("Shift+ArrowDown");
    await pad.press("Enter");
    expect(await page.locator(".fit-chart").getAttribute("data-points")).toBe("3");
    await held(page, 0);
  });
});

describe("what goes wrong", () => {
  it("says why a run diverged, and mends it", async () => {
    const page = await open("backend=cpu&hidden=4&activation=linear&rate=10");
    await held(page, 0);
    await press(page, "Train");
    const fault = page.locator("[data-fault=diverged]");
    await fault.waitFor();
    expect(await fault.textContent()).toMatch(
      /^!?Training stopped: the loss ran away\..*rivulet says: The loss became (NaN|Infinity) in epoch \d+, batch \d/,
    );
    await fault.getByRole("button", { name: /^Learning rate 0\.\d/ }).click();
    await fault.waitFor({ state: "detached" });
    await held(page, 0);
    await press(page, "One epoch");
    await held(page, 3);
    expect(await readout(page, "loss")).toBeLessThan(10);
  });

  it("says that the GPU went away, and goes on with another backend from where it was", async () => {
    const page = await open(`${small}&step=5`);
    await held(page, 5);
    await inWorker(page, "_tfengine.backend.gpgpu.gl.getExtension('WEBGL_lose_context').loseContext()");
    await press(page, "Train");
    const fault = page.locator("[data-fault=lost]");
    await fault.waitFor();
    expect(await fault.textContent()).toContain(
      "rivulet says: WebGL was lost: the browser or the driver took the GPU away, and what stood there is gone.",
    );
    await press(page, "Go on with WebAssembly");
    await fault.waitFor({ state: "detached" });
    await page.waitForFunction(() => Number(document.querySelector<HTMLElement>(".fit-counts")?.dataset["step"]) > 20);
    await press(page, "Pause");
    expect(await held(page)).toBeGreaterThan(20);
    expect(await backend(page).getAttribute("data-backend")).toBe("wasm");
    await expect.poll(() => fieldsOf(page).get("backend")).toBe("wasm");
  });

  it("goes on where the GPU went away before the first step, from the same start", async () => {
    const page = await open(small);
    await held(page, 0);
    const start = await readout(page, "now");
    await inWorker(page, "_tfengine.backend.gpgpu.gl.getExtension('WEBGL_lose_context').loseContext()");
    await press(page, "One step");
    await page.locator("[data-fault=lost]").waitFor();
    await press(page, "Go on with JavaScript");
    await page.waitForFunction(() => Number(document.querySelector<HTMLElement>(".fit-counts")?.dataset["step"]) > 2);
    await press(page, "Reset");
    await held(page, 0);
    expect(Math.abs((await readout(page, "now")) - start)).toBeLessThan(1e-5);
  });

  it("says what cannot be trained as it is set", async () => {
    const page = await open("backend=cpu&optimizer=nesterov&momentum=0");
    await page.getByText("SGD with nesterov expects momentum to be above 0, got 0.", { exact: false }).waitFor();
    await page.getByRole("spinbutton", { name: "Momentum μ" }).fill("0.5");
    expect(await held(page, 0)).toBe(0);
  });

  it("runs without WebGL, and says why it is not WebGL that runs", async () => {
    const blind = await chromium.launch({ ...chromiumLaunchOptions(), args: ["--use-gl=disabled"] });
    try {
      const page = await open("hidden=2&step=3", {}, blind);
      await held(page, 3);
      expect(await backend(page).getAttribute("data-backend")).toBe("wasm");
      await page.getByText("webgl did not start:", { exact: false }).waitFor();
      await page.getByRole("combobox", { name: "Computed by" }).selectOption("webgl");
      const fault = page.locator("[data-fault=start]");
      await fault.waitFor();
      expect(await fault.textContent()).toContain(
        "Turn on hardware acceleration in the browser's settings, or use wasm.",
      );
      await press(page, "Use JavaScript");
      await held(page, 0);
      await page.context().close();
      const misdeeds = opened.pop()?.misdeeds;
      // Chromium itself warns of the WebGL that it was started without.
      expect(misdeeds?.console.filter((line) => !/WebGL/i.test(line))).toEqual([]);
    } finally {
      await blind.close();
    }
  });
});

describe("how it is shown", () => {
  it("speaks Chinese", async () => {
    const page = await open("backend=cpu&hidden=2&batch=full&lang=zh");
    await page.getByRole("heading", { name: "拟合曲线", level: 1 }).waitFor();
    await press(page, "一步");
    expect(await held(page, 1)).toBe(1);
    expect(await page.locator(".fit-counts").textContent()).toBe("第 1 轮，第 1 步");
  });

  it.each([
    ["backend=cpu&step=30", "light"],
    ["backend=cpu&data=circles&step=30&hidden=4-4", "dark"],
    ["backend=cpu&hidden=4&activation=linear&rate=10&step=500", "light"],
    ["backend=cpu&data=curve", "dark"],
  ] as const)("has nothing that axe objects to at %s, %s", async (fields, colorScheme) => {
    const page = await open(fields, { colorScheme });
    await page.locator(".fit-transport[data-busy=false]").waitFor();
    await page.addScriptTag({ content: await readFile(createRequire(import.meta.url).resolve("axe-core"), "utf8") });
    const found = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        readonly axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      const { violations } = await axe.run();
      return violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]);
    });
    expect(found).toEqual([]);
  });

  it.each([360, 768, 1280, 1920])("needs no scrolling sideways at a width of %d", async (width) => {
    const page = await open("backend=cpu&data=xor&hidden=32-32-32-32&step=3", { viewport: { width, height: 800 } });
    await held(page, 3);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
});
