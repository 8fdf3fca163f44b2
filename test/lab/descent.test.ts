import { describe, expect, it } from "vitest";
import { steps } from "../support/descent-page.ts";
import { fieldsOf, follow, press } from "../support/lab-page.ts";
import { visitLab } from "../support/visit-lab.ts";

const { open } = visitLab();

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
    const hash = "#/descent?f=ravine&speed=60&rules=sgd,adam,momentum&shown=sgd&momentum=0.5&rate=0.01";
    const page = await open(hash);
    await press(page, "Tensors");
    const count = page.locator("output[data-tensors]");
    await page.locator("[data-busy=false]").waitFor();
    const before = await count.getAttribute("data-tensors");
    await press(page, "Run");
    await page.waitForFunction(() => document.querySelectorAll(".descent-table tbody tr").length > 120);
    const rows = page.locator(".descent-table tbody tr");
    expect(await rows.first().isVisible()).toBe(false);
    await press(page, "Pause");
    await page.locator("[data-busy=false]").waitFor();
    expect(await rows.first().isVisible()).toBe(true);
    // The address follows a fifth of a second later, and the corner looks every quarter of one.
    await page.waitForTimeout(600);
    expect(await count.getAttribute("data-tensors")).toBe(before);
    const step = Number(fieldsOf(page).get("step"));
    await page.waitForTimeout(300);
    expect(Number(fieldsOf(page).get("step"))).toBe(step);
    await follow(page, `${hash}&step=${step + 500}`);
    expect(await steps(page, step + 501)).toHaveLength(step + 501);
    await page.locator("[data-busy=false]").waitFor();
    await page.waitForTimeout(300);
    expect(await count.getAttribute("data-tensors")).toBe(before);
  });
});
