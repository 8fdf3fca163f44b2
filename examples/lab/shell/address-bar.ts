import type { Way } from "./page-state.ts";

/** Browsers refuse more than some 20 changes of the address a second. */
const delay = 200;

/** What waits to be written, and the address that it is to stand in place of. */
let pending: { readonly hash: string; readonly over: string } | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Writes the address: a place on the way back at once, all else a moment later, with what came meanwhile in one.
 *
 * @param hash with its `#`
 */
export function writeAddress(hash: string, way: Way): void {
  if (way === "push") {
    flushAddress();
    if (hash !== location.hash) history.pushState(null, "", hash);
    return;
  }
  pending = { hash, over: location.hash };
  timer ??= setTimeout(flushAddress, delay);
}

/** Writes what waits to be written; where somebody has gone back or forward meanwhile, that place is not its own. */
export function flushAddress(): void {
  clearTimeout(timer);
  timer = undefined;
  if (pending?.over === location.hash) history.replaceState(null, "", pending.hash);
  pending = undefined;
}

/** Forgets what waits to be written: the address has changed by itself. */
export function dropPendingAddress(): void {
  clearTimeout(timer);
  timer = undefined;
  pending = undefined;
}
