import type { Page } from "playwright";
import { describe, expect, it } from "vitest";
import { fieldsOf, press } from "../support/lab-page.ts";
import { held } from "../support/training-page.ts";
import { visitLab } from "../support/visit-lab.ts";

const { open } = visitLab();

describe("data", () => {
  const chosen = async (page: Page, name: string, text: string) =>
    page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

  it("comes from a CSV file that is chosen", async () => {
    const page = await open("#/fit?backend=cpu&hidden=2");
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
    const page = await open("#/fit?backend=cpu&hidden=2");
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
    const page = await open("#/fit?backend=cpu&hidden=2");
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
    const page = await open("#/fit?backend=cpu&hidden=2&data=curve");
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
    const page = await open("#/fit?backend=cpu&hidden=2&data=curve", {
      hasTouch: true,
      viewport: { width: 390, height: 844 },
    });
    for (const x of [40, 80, 120]) await page.locator(".fit-pad").tap({ position: { x, y: x } });
    expect(await page.locator(".fit-chart").getAttribute("data-points")).toBe("3");
    await held(page, 0);
  });

  it("is drawn by keyboard, and told to who hears the page", async () => {
    const page = await open("#/fit?backend=cpu&hidden=2&data=classes");
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
