/** What a person sees on the page where functions are descended. */
import type { Page } from "playwright";

/** The cells of the table of every step, once it has that many rows. */
export async function steps(page: Page, rows: number): Promise<string[][]> {
  await page.locator(`table[data-steps="${rows}"]`).waitFor();
  return page.locator(".descent-table tbody tr").evaluateAll((each) => {
    return each.map((row) => [...row.children].map((cell) => cell.textContent));
  });
}
