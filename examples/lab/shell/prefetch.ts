import { pages } from "../pages.ts";
import { languages } from "./language.ts";

/** Milliseconds after the first page is open: what it computes and draws comes first. */
const delay = 2000;

/** Fetches the code of the other pages and the texts of the other languages, so that the lab goes on without a network. */
export function prefetchAll(): void {
  const whole = pages.map(
    ({ load }) =>
      async () =>
        (await load()).prefetch?.(),
  );
  const loads = [...whole, ...Object.values(languages).map(({ load }) => load)];
  // What cannot be fetched now is fetched, or found missing, when it is wanted.
  setTimeout(() => void Promise.allSettled(loads.map(async (fetchIt) => fetchIt())), delay);
}
