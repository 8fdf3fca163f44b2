import type { Page } from "playwright";
import { describe, expect, it } from "vitest";
import { steps } from "../support/descent-page.ts";
import { fieldsOf, follow, press } from "../support/lab-page.ts";
import { visitLab } from "../support/visit-lab.ts";

const { open } = visitLab();

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

  it("opens the default and says so for what it cannot read", async () => {
    const page = await open("#/descent?f=volcano");
    for (const hash of ["#/descent?f=volcano", "#/descent?x=1e99", "#/descent?step=%", "#/descent?lang=xx"]) {
      await follow(page, hash);
      await page.getByText("This link could not be read", { exact: false }).waitFor();
      await expect
        .poll(() => Object.fromEntries(fieldsOf(page)), { message: hash })
        .toMatchObject({ f: "bowl", x: "3", y: "2" });
      await press(page, "Dismiss");
      expect(await page.locator(".notice").count()).toBe(0);
    }
  });

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
    // Everything is fetched some two seconds after the first page is open; the other language comes last.
    await page.waitForRequest(/\/zh-/);
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
});
