import { closest } from "fastest-levenshtein";
import { UnknownNameError } from "./errors.ts";
import { quote } from "./quote.ts";

/**
 * The entry that a name stands for.
 *
 * @param kind what is looked up, `"loss"`
 * @throws UnknownNameError with the nearest known name
 */
export function lookUp<Entry>(kind: string, name: unknown, entries: Readonly<Record<string, Entry>>): Entry {
  const entry = typeof name === "string" && Object.hasOwn(entries, name) ? entries[name] : undefined;
  if (entry !== undefined) return entry;
  const known = Object.keys(entries);
  const nearest = typeof name === "string" ? ` Did you mean ${JSON.stringify(closest(name, known))}?` : "";
  const message = `There is no ${kind} ${quote(name)}.${nearest} Known: ${known.join(", ")}.`;
  throw new UnknownNameError(message, typeof name === "string" ? name : quote(name), known);
}
