import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";

/** What a built binding has more than its sources. */
const built = ["deps", "lib"];

/**
 * Moves what was built into the binding's package, and lets the trial decide: if that throws, all is as it was before.
 *
 * @param staged the folder that holds it, on the same disk
 */
export async function install<Result>(staged: string, binding: string, trial: () => Promise<Result>): Promise<Result> {
  const moved: { readonly from: string; readonly to: string }[] = [];
  const move = async (from: string, to: string) => {
    await rename(from, to);
    moved.push({ from, to });
  };
  try {
    for (const name of built) {
      const place = join(binding, name);
      if (existsSync(place)) await move(place, join(staged, `${name}-before`));
      await move(join(staged, name), place);
    }
    return await trial();
  } catch (error) {
    for (const { from, to } of moved.toReversed()) {
      await rm(from, { recursive: true, force: true });
      await rename(to, from);
    }
    throw error;
  }
}

/** Whether there is something built in the binding's package, working or not. */
export function isBuilt(binding: string): boolean {
  return built.every((name) => existsSync(join(binding, name)));
}
