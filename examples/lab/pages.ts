import type { LoadedPage, Page } from "./shell/page.ts";

/** The pages, in the order of the navigation; the first one opens where the address names none. */
export const pages: readonly Page[] = [
  { id: "fit", title: (texts) => texts.fit.title, load: async () => import("./fit-a-curve/page.tsx") },
  { id: "race", title: (texts) => texts.race.title, load: async () => import("./race/page.tsx") },
  {
    id: "descent",
    title: (texts) => texts.descent.title,
    load: async () => withCpuBackend(import("./descent/page.tsx")),
  },
  {
    id: "backpropagation",
    title: (texts) => texts.backpropagation.title,
    load: async () => withCpuBackend(import("./backpropagation/page.tsx")),
  },
];

/** A page that computes on this thread, and has a backend to do so. */
async function withCpuBackend(page: Promise<LoadedPage>): Promise<LoadedPage> {
  const { startCpuBackend } = await import("./shell/cpu-backend.ts");
  await startCpuBackend();
  return page;
}
