import { describe, expect, it } from "vitest";
import { fieldsOf, press } from "../support/lab-page.ts";
import { visitLab } from "../support/visit-lab.ts";

const { open } = visitLab();

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
