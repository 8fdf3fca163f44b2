import type { Page } from "./shell/page.ts";

/** The pages, in the order of the navigation; the first one opens where the address names none. */
export const pages: readonly Page[] = [
  { id: "fit", title: (texts) => texts.fit.title, load: async () => import("./fit-a-curve/page.tsx") },
  {
    id: "descent",
    title: (texts) => texts.descent.title,
    load: async () => import("./descent/page.tsx"),
  },
  {
    id: "backpropagation",
    title: (texts) => texts.backpropagation.title,
    load: async () => import("./backpropagation/page.tsx"),
  },
];
