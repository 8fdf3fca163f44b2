import { signal } from "@preact/signals";

/** The regime that stands out from the others, by its key; undefined while none does. */
export const singled = signal<string | undefined>();

/** How much of a regime is seen: what does not stand out steps back. */
export function opacityOf(key: string): number {
  return singled.value === undefined || singled.value === key ? 1 : 0.18;
}
