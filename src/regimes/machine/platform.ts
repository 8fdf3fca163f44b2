import type { Machine } from "../comparison.ts";

/** What Node and a page know each in their own way. */
export type Platform = Omit<Machine, "rivulet" | "tfjs">;
