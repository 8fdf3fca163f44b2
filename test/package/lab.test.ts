import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { chromiumLaunchOptions } from "../support/chromium.ts";
import { openLab, type Misdeeds } from "../support/lab-site.ts";
import { runWell } from "../support/run.ts";

let browser: Browser;
let opened: { readonly page: Page; readonly misdeeds: Misdeeds }[] = [];

beforeAll(async () => {
  await runWell("npx", ["vite", "build", "--config", "examples/lab/vite.config.ts"]);
  browser = await chromium.launch(chromiumLaunchOptions());
});

afterAll(async () => browser.close());

/** Every test is one of good behaviour, too: nothing on the console, no request for what is not the site's. */
afterEach(async () => {
  const seen = opened.map(({ misdeeds }) => misdeeds);
  await Promise.all(opened.map(({ page }) => page.context().close()));
  opened = [];
  for (const misdeeds of seen) expect(misdeeds).toEqual({ console: [], requests: [] });
});

async function open(hash: string, options: BrowserContextOptions = {}): Promise<Page> {
  const lab = await openLab(browser, hash, options);
  opened.push(lab);
  return lab.page;
}

/** The cells of the table of every step, once it has that many rows. */
async function steps(page: Page, rows: number): Promise<string[][]> {
  await page.locator(`table[data-steps="${rows}"]`).waitFor();
  return page.locator(".descent-table tbody tr").evaluateAll((each) => {
    return each.map((row) => [...row.children].map((cell) => cell.textContent));
  });
}

const press = async (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

/** The address's fields. */
const fieldsOf = (page: Page) => new URLSearchParams(new URL(page.url()).hash.split("?")[1]);

describe("descent", () => {
  it("goes down W11's table, step by step", async () => {
    const page = await open("#/descent");
    for (let step = 0; step < 3; step++) await press(page, "Step");
    expect(await steps(page, 4)).toEqual([
      ["0", "3.00000", "2.00000", "6.00000", "4.00000", "−0.60000", "−0.40000", "13.00000"],
      ["1", "2.40000", "1.60000", "4.80000", "3.20000", "−0.48000", "−0.32000", "8.32000"],
      ["2", "1.92000", "1.28000", "3.84000", "2.56000", "−0.38400", "−0.25600", "5.32480"],
      ["3", "1.53600", "1.02400", "3.07200", "2.04800", "−0.30720", "−0.20480", "3.40787"],
    ]);
    await press(page, "Back");
    expect(await steps(page, 3)).toHaveLength(3);
    await press(page, "Reset");
    expect(await steps(page, 1)).toHaveLength(1);
  });

  it("reaches W1's numbers", async () => {
    const page = await open("#/descent?f=parabola&step=1");
    expect((await steps(page, 2))[1]?.slice(0, 3)).toEqual(["1", "1.20000", "−1.60000"]);
    await page.getByLabel("x", { exact: true }).fill("2.5");
    expect((await steps(page, 1))[0]?.slice(1, 4)).toEqual(["2.50000", "1.00000", "−0.10000"]);
  });

  it("reaches W2's numbers", async () => {
    const page = await open("#/descent?f=chain&step=99&rules=sgd&shown=sgd");
    const rows = await steps(page, 100);
    const shown = [0, 1, 2, 99].map((step) => rows[step]?.slice(1, 3));
    expect(shown).toEqual([
      ["2.00000", "0.48230"],
      ["2.00398", "0.48320"],
      ["2.00775", "0.48404"],
      ["2.07956", "0.49986"],
    ]);
  });

  it("finds W10's slopes as the direction turns", async () => {
    const page = await open("#/descent?f=own&x=1&y=2&angle=0");
    const slope = page.locator("output[data-slope]");
    await expect.poll(async () => slope.textContent()).toBe("0.40000");
    await page.getByRole("spinbutton", { name: /Angle/ }).fill("90");
    await expect.poll(async () => slope.textContent()).toBe("0.80000");
    await page.getByText("0.89443", { exact: true }).waitFor();
  });

  it("says what to do when a run diverges, and goes on", async () => {
    const page = await open("#/descent?f=parabola&rate=1.1&step=80&rules=sgd&shown=sgd");
    const notice = page.locator(".notice");
    await notice.waitFor();
    expect(await notice.textContent()).toContain(
      "Plain descent has run away: after 76 steps it stands at x = −1041780",
    );
    expect(await notice.textContent()).toContain("Try a learning rate below 1.1");
    await page.getByRole("spinbutton", { name: /Learning rate/ }).fill("0.1");
    await notice.waitFor({ state: "detached" });
  });

  it("reads a formula that is typed in, and says what is wrong with another", async () => {
    const page = await open("#/descent?f=own");
    const field = page.getByLabel("Formula in x, or in x and y");
    await field.fill("x^2 + z");
    await page.getByText("“z” at character 7 is not known here.", { exact: false }).waitFor();
    await field.fill("(x - 2)^2 + 1");
    expect((await steps(page, 1))[0]?.slice(1)).toEqual(["1.00000", "−2.00000", "0.20000", "2.00000"]);
  });

  it("starts where somebody clicks", async () => {
    const page = await open("#/descent?step=5");
    await page.locator(".plane-front.pickable").click({ position: { x: 300, y: 200 } });
    await expect.poll(() => Number(fieldsOf(page).get("step"))).toBe(0);
    const [x, y] = [Number(fieldsOf(page).get("x")), Number(fieldsOf(page).get("y"))];
    expect(Math.abs(x - 3) + Math.abs(y - 2)).toBeGreaterThan(0.5);
    expect((await steps(page, 1))[0]?.slice(1, 3)).toEqual([x.toFixed(5).replace("-", "−"), y.toFixed(5)]);
  });

  it("runs, pauses, and holds no more tensors after 500 steps than before", async () => {
    const page = await open("#/descent?f=ravine&speed=60&rules=sgd,adam,momentum&shown=sgd&momentum=0.5&rate=0.01");
    await press(page, "Tensors");
    const count = page.locator("output[data-tensors]");
    await page.locator("[data-busy=false]").waitFor();
    const before = await count.getAttribute("data-tensors");
    await press(page, "Run");
    await page.waitForFunction(() => document.querySelectorAll(".descent-table tbody tr").length > 500);
    const rows = page.locator(".descent-table tbody tr");
    expect(await rows.first().isVisible()).toBe(false);
    await press(page, "Pause");
    await page.locator("[data-busy=false]").waitFor();
    expect(await rows.first().isVisible()).toBe(true);
    // The corner looks every quarter of a second.
    await page.waitForTimeout(600);
    expect(await count.getAttribute("data-tensors")).toBe(before);
    const step = Number(fieldsOf(page).get("step"));
    await page.waitForTimeout(300);
    expect(Number(fieldsOf(page).get("step"))).toBe(step);
  });
});

describe("back-propagation", () => {
  it("goes through W5's numbers, one equation at a time", async () => {
    const page = await open("#/backpropagation");
    const results = async () => page.locator(".substitutions .result").allTextContents();
    expect(await results()).toEqual([]);
    await press(page, "Next");
    expect(await results()).toEqual(["0.6", "0.645656", "0.67", "0.661503"]);
    await press(page, "Next");
    expect(await results()).toEqual(["1.37973", "0.798948", "1.65116", "0.839048"]);
    await press(page, "Next");
    expect(await results()).toEqual(["0.322612"]);
    await press(page, "Next");
    expect(await results()).toEqual(["0.126729", "−0.0203855"]);
    await press(page, "Next");
    expect(await results()).toEqual(["0.0112321", "0.0133743"]);
    await press(page, "Next");
    expect(await results()).toEqual(["0.126729", "−0.0203855", "0.0112321", "0.0133743"]);
    await press(page, "Next");
    expect(await results()).toEqual([
      "0.0818233",
      "0.0838316",
      "−0.013162",
      "−0.0134851",
      "0.00112321",
      "0.00224641",
      "0.00133743",
      "0.00267486",
    ]);
    expect(await page.getByRole("button", { name: "Next" }).isDisabled()).toBe(true);
  });

  it("has automatic differentiation's and nudging's numbers beside the equations'", async () => {
    const page = await open("#/backpropagation");
    const rows = page.locator(".comparison tbody tr");
    await expect.poll(async () => rows.count()).toBe(17);
    const cells = await rows.evaluateAll((each) =>
      each.map((row) => [...row.querySelectorAll("td")].map((cell) => Number(cell.textContent.replace("−", "-")))),
    );
    const apart = (column: 1 | 2) => cells.map((row) => Math.abs((row[0] ?? NaN) - (row[column] ?? NaN)));
    expect(Math.max(...apart(1))).toBeLessThanOrEqual(2e-7);
    const nudged = apart(2).filter((each) => !Number.isNaN(each));
    expect(nudged).toHaveLength(12);
    expect(Math.max(...nudged)).toBeLessThan(2e-5);
    expect(await page.locator(".comparison").textContent()).toContain("each parameter is within 0.001");
  });

  it("follows a weight that is changed, and goes back", async () => {
    const page = await open("#/backpropagation?stage=hidden");
    const field = page.getByRole("spinbutton", { name: "w h1 ← i1", exact: true });
    await field.fill("1.1");
    const results = page.locator(".substitutions .result");
    await expect.poll(async () => results.first().textContent()).toBe("0.7");
    await expect.poll(() => fieldsOf(page).get("w1")).toBe("1.1,0.2,0.3,0.4");
    await field.fill("99");
    await page.getByText("A number from −10 to 10.").waitFor();
    await press(page, "Back to the first numbers");
    await expect.poll(async () => results.first().textContent()).toBe("0.6");
  });
});

describe("the address", () => {
  it("opens the same again elsewhere", async () => {
    const page = await open("#/descent?f=valleys");
    await page.getByRole("checkbox", { name: "Adam" }).check();
    await page.getByRole("spinbutton", { name: /Learning rate/ }).fill("0.02");
    await press(page, "Step");
    const rows = await steps(page, 2);
    await expect.poll(() => fieldsOf(page).get("step")).toBe("1");
    const other = await open(new URL(page.url()).hash);
    expect(await steps(other, 2)).toEqual(rows);
    expect(await other.getByRole("checkbox", { name: "Adam" }).isChecked()).toBe(true);
    expect(new URL(other.url()).hash).toBe(new URL(page.url()).hash);
  });

  it.each(["#/descent?f=volcano", "#/descent?x=1e99", "#/descent?step=%", "#/descent?lang=xx"])(
    "opens the default and says so for %s",
    async (hash) => {
      const page = await open(hash);
      await page.getByText("This link could not be read", { exact: false }).waitFor();
      expect((await steps(page, 1))[0]?.slice(1, 3)).toEqual(["3.00000", "2.00000"]);
      await press(page, "Dismiss");
      expect(await page.locator(".notice").count()).toBe(0);
      await expect.poll(() => fieldsOf(page).get("f")).toBe("bowl");
    },
  );

  it("opens the first page and says so for one that is not there", async () => {
    const page = await open("#/nowhere");
    await page.getByText("This link could not be read", { exact: false }).waitFor();
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Fit a curve");
    await press(page, "Dismiss");
    expect(await page.locator(".notice").count()).toBe(0);
  });

  it("goes back and forward", async () => {
    const page = await open("#/descent");
    const choice = page.getByRole("combobox", { name: "Function" });
    await choice.selectOption("saddle");
    await page.getByRole("link", { name: "Back-propagation" }).click();
    await page.getByRole("heading", { name: "Back-propagation", level: 1 }).waitFor();
    await page.goBack();
    await expect.poll(async () => choice.inputValue()).toBe("saddle");
    await page.goBack();
    await expect.poll(async () => choice.inputValue()).toBe("bowl");
    await page.goForward();
    await expect.poll(async () => choice.inputValue()).toBe("saddle");
  });
});

describe("the frame", () => {
  it("goes on without a network once it has loaded", async () => {
    const page = await open("#/descent");
    await page.locator(".numbers tbody tr").first().waitFor();
    // Everything is fetched some two seconds after the first page is open.
    await page.waitForTimeout(2500);
    await page.waitForLoadState("networkidle");
    await page.context().setOffline(true);
    await page.context().route("**/*", async (route) => route.abort());
    await page.getByRole("combobox", { name: "Function" }).selectOption("own");
    expect((await steps(page, 1))[0]?.slice(1, 5)).toEqual(["1.00000", "2.00000", "0.40000", "0.80000"]);
    await page.getByRole("link", { name: "Back-propagation" }).click();
    await page.locator(".comparison tbody tr").first().waitFor();
    await page.locator("select[data-choice=language]").selectOption("zh");
    await page.getByRole("heading", { name: "反向传播", level: 1 }).waitFor();
  });

  it("speaks Chinese to whom it suits, and to whoever follows a Chinese link", async () => {
    const page = await open("#/descent", { locale: "zh-CN" });
    expect(await page.locator("h1").textContent()).toBe("梯度下降");
    expect(await page.locator("html").getAttribute("lang")).toBe("zh-Hans");
    const other = await open("#/backpropagation?lang=zh");
    expect(await other.locator("h1").textContent()).toBe("反向传播");
    await other.locator("select[data-choice=language]").selectOption("en");
    await other.getByRole("heading", { name: "Back-propagation", level: 1 }).waitFor();
    await expect.poll(() => fieldsOf(other).get("lang")).toBe("en");
  });

  it("is light or dark as the system is, or as somebody chose", async () => {
    const ground = async (page: Page) =>
      page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const page = await open("#/descent", { colorScheme: "dark" });
    const dark = await ground(page);
    await page.locator("select[data-choice=theme]").selectOption("light");
    const light = await ground(page);
    expect(light).not.toBe(dark);
    await page.reload();
    await page.locator("h1").waitFor();
    expect(await ground(page)).toBe(light);
  });

  it.each([
    ["#/descent?step=3", "light"],
    ["#/descent?step=3", "dark"],
    ["#/descent?f=parabola&rate=1.1&step=80", "dark"],
    ["#/descent?f=own&formula=z", "light"],
    ["#/backpropagation?stage=bp4", "light"],
    ["#/backpropagation?stage=bp2", "dark"],
  ] as const)("has nothing that axe objects to at %s, %s", async (hash, colorScheme) => {
    const page = await open(hash, { colorScheme });
    await page.locator(".numbers tbody tr, .problem").first().waitFor();
    await page.addScriptTag({
      content: await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"),
    });
    const found = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        readonly axe: {
          run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
        };
      };
      const { violations } = await axe.run();
      return violations.map(({ id, nodes }) => [
        id,
        ...nodes.map(({ html, failureSummary }) => `${html}: ${failureSummary}`),
      ]);
    });
    expect(found).toEqual([]);
  });

  it.each([360, 390, 1280, 1920])("needs no scrolling sideways at a width of %d", async (width) => {
    for (const hash of ["#/descent?step=3", "#/descent?f=parabola", "#/backpropagation?stage=bp4"]) {
      const page = await open(hash, { viewport: { width, height: 800 } });
      await page.locator(".numbers tbody tr").first().waitFor();
      const needed = await page.evaluate(() => document.documentElement.scrollWidth);
      expect({ hash, isWider: needed > width }).toEqual({ hash, isWider: false });
    }
  });
});
