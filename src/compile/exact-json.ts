/** Plain data as a text that differs where the data does: JSON, with NaN, Infinity and −0, which it does not know, told apart. */
export function exactJson(data: unknown): string {
  return JSON.stringify(data, (_, part: unknown) => {
    return typeof part === "number" && (part === 0 || !Number.isFinite(part)) ? numberText(part) : part;
  });
}

function numberText(number: number): string {
  return Object.is(number, -0) ? "-0" : String(number);
}
