/** HTML that is written, not named by a user: only `html` makes it, and what it takes in as texts it escapes. */
export class Markup {
  readonly #text: string;

  /** @param text taken as it stands: a script's or a style sheet's own text, never a user's */
  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What may stand in a template: texts are escaped, null is nothing. */
type Part = Markup | readonly Markup[] | string | number | null;

/** A template's HTML: ``html`<p>${name}</p>` ``, whatever the name holds. Attributes are to be written in double quotes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.reduce((text, string, index) => text + markupOf(parts[index - 1] ?? null) + string));
}

/** Digits that fractions are written with: float32, which losses are, is kept by nine. */
const digits = 9;

/** Plain data as the text of a script element of type application/json: no name in it ends the element. */
export function jsonInScript(data: unknown): Markup {
  const text = JSON.stringify(data, (_, value: unknown) => {
    return typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(digits)) : value;
  });
  return new Markup(text.replaceAll("<", "\\u003c"));
}

function markupOf(part: Part): string {
  if (part === null) return "";
  if (part instanceof Markup) return part.toString();
  return typeof part === "object" ? part.join("\n") : escapeText(String(part));
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeText(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? "");
}
