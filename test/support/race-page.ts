/** What a person does and sees on the page where regimes race. */
import type { Page } from "playwright";

/** The address of a race with two weights, and so few steps that it is short in software. */
export function raceOf(changes: Readonly<Record<string, string>> = {}): string {
  const fields = { problem: "ill-conditioned", epochs: "5", batches: "full,32", momenta: "0,0.9", ...changes };
  return `#/race?${new URLSearchParams(fields).toString()}`;
}

/** Waits until a race has ended. */
export async function ended(page: Page, status = "ended"): Promise<void> {
  await page.locator(`.race-starter[data-busy=false] [data-status=${status}]`).waitFor({ timeout: 120_000 });
}

/** A column of the table, by regime, as it is, not as it is rounded for the eye; NaN where there is no number. */
export async function column(page: Page, name: string): Promise<Record<string, number>> {
  const rows = await page.locator(".race-measured tr[data-regime]").evaluateAll(
    (each, wanted) =>
      each.map((row) => {
        const cell = row.querySelector<HTMLElement>(`[data-column=${wanted}]`);
        return [row.getAttribute("data-regime") ?? "", Number(cell?.dataset["exact"] ?? NaN)] as const;
      }),
    name,
  );
  return Object.fromEntries(rows);
}

/** The moment at which the replay stands. */
export async function moment(page: Page): Promise<number> {
  return Number(await page.locator(".race-playback output").getAttribute("data-moment"));
}
