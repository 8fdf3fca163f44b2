import { closest } from "fastest-levenshtein";
import { UnknownNameError } from "./errors.ts";

/**
 * The entry that a name stands for.
 *
 * @throws UnknownNameError with the nearest known name
 */
export function lookUp<Entry>(kind: string, name: string, entries: Readonly<Record<string, Entry>>): Entry {
  const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
  if (entry !== undefined) return entry;
  const known = Object.keys(entries);
  throw new UnknownNameError(
    `There is no ${kind} ${JSON.stringify(name)}. Did you mean ${JSON.stringify(closest(name, known))}? ` +
      `Known: ${known.join(", ")}.`,
    name,
    known,
  );
}
