/** A page's fields as the address has them, `{ f: "bowl", x: "3" }`. */
export type Fields = Readonly<Record<string, string>>;

/** What an address says: `#/descent?f=bowl&x=3`. */
export interface Address {
  /** The page's id; empty if it names none. */
  readonly page: string;
  /** Undefined where they cannot be read. */
  readonly fields: Fields | undefined;
}

/** Reads the part of an address after its `#`. */
export function parseAddress(hash: string): Address {
  const [path = "", query = ""] = splitOnce(hash.replace(/^#?\/?/, ""), "?");
  return { page: path, fields: parseFields(query) };
}

/** Writes it, as legibly as an address may be: what needs no escape has none. */
export function formatAddress({ page, fields = {} }: Address): string {
  const query = Object.entries(fields).map(([name, value]) => `${escapeField(name)}=${escapeField(value)}`);
  return query.length === 0 ? `#/${page}` : `#/${page}?${query.join("&")}`;
}

function parseFields(query: string): Fields | undefined {
  const parts = query.split("&").filter((part) => part !== "");
  try {
    const pairs = parts.map((part) => splitOnce(part, "=").map(decodeURIComponent) as [string, string]);
    const names = new Set(pairs.map(([name]) => name));
    const isSound = names.size === pairs.length && pairs.every(([, value]) => value !== undefined);
    return isSound ? Object.fromEntries(pairs) : undefined;
  } catch {
    // A stray % is no escape.
    return undefined;
  }
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** Only what would end the field, or the address when it is pasted into a message, is escaped. */
function escapeField(text: string): string {
  return encodeURIComponent(text).replace(/%(2C|2F|5E|2B|3A)/g, (escape) => decodeURIComponent(escape));
}
