/** What a person does and sees on the page where a curve is fitted. */
import type { Locator, Page } from "playwright";

/** Fields of a network and batches so small that a step in software is short. */
export const small = "hidden=4&batch=full";

/** Waits until the training stands still; at a step, if one is given. @returns the step */
export async function held(page: Page, step?: number): Promise<number> {
  const at = step === undefined ? "" : `[data-step="${step}"]`;
  const counts = page.locator(`.fit-transport:has([data-status=held])[data-busy=false] .fit-counts${at}`);
  await counts.waitFor({ timeout: 60_000 });
  return Number(await counts.getAttribute("data-step"));
}

/** Waits until so many steps are taken, and more. */
export async function stepsPast(page: Page, steps: number): Promise<void> {
  await page.waitForFunction(
    (least) => Number(document.querySelector<HTMLElement>(".fit-counts")?.dataset["step"]) > least,
    steps,
    { timeout: 200_000 },
  );
}

/** A number as it is, not as it is rounded for the eye. */
export async function readout(page: Page, name: "loss" | "validation" | "now"): Promise<number> {
  return Number((await page.locator(`[data-readout=${name}]`).getAttribute("data-exact")) ?? NaN);
}

/** Runs an expression where the page trains. tfjs keeps its engine in a global of the name `_tfengine`. */
export async function inWorker(page: Page, expression: string): Promise<unknown> {
  return page.workers()[0]?.evaluate(expression);
}

/** Where the page says what computes. */
export function backendOf(page: Page): Locator {
  return page.locator("[data-backend]");
}
