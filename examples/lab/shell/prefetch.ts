import { keepOffline } from "../offline/keep-offline.ts";
import { pages } from "../pages.ts";
import { languages } from "./language.ts";

/** Milliseconds for which a page must stand still: what it computes and draws comes first. */
const delay = 2000;

/** What a page shows of itself while it computes what was asked of it, or goes on by itself. */
const busy = "[data-busy=true], [data-playing=true]";

/**
 * Fetches the code of the other pages and the texts of the other languages, so that the lab goes on without a network; and
 * keeps all of it for the next visit.
 *
 * @param wasStill whether the page stood still when it was last looked at
 */
export function prefetchAll(wasStill = false): void {
  const isStill = document.querySelector(busy) === null;
  if (isStill && wasStill) void fetchAll();
  else setTimeout(prefetchAll, delay, isStill);
}

async function fetchAll(): Promise<void> {
  const whole = pages.map(
    ({ load }) =>
      async () =>
        (await load()).prefetch?.(),
  );
  const loads = [...whole, ...Object.values(languages).map(({ load }) => load)];
  // What cannot be fetched now is fetched, or found missing, when it is wanted.
  await Promise.allSettled(loads.map(async (fetchIt) => fetchIt()));
  await keepOffline();
}
