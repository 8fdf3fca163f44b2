/** What a person does and sees on any page of the lab. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "playwright";
import { expect } from "vitest";

/** Presses the button of that name. */
export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name, exact: true }).click();
}

/** The fields of the page's address. */
export function fieldsOf(page: Page): URLSearchParams {
  return new URLSearchParams(new URL(page.url()).hash.split("?")[1]);
}

/** Goes to another address of the lab, as a link within it does. */
export async function follow(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
}

const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Expects that axe objects to nothing, neither by WCAG nor by good practice. */
export async function expectNoObjections(page: Page): Promise<void> {
  const isThere = await page.evaluate("typeof axe !== 'undefined'");
  if (isThere !== true) await page.evaluate(await readFile(axePath, "utf8"));
  const objections = await page.evaluate(
    `axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ": " + html + " " + failureSummary)))`,
  );
  expect(objections).toEqual([]);
}

/** Expects that, as wide as that, the page needs no scrolling sideways once it has drawn itself anew. */
export async function expectToFit(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 800 });
  await expect
    .poll(async () => page.evaluate(() => document.documentElement.scrollWidth), { message: `${page.url()} needs` })
    .toBeLessThanOrEqual(width);
}
