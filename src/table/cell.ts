/** What stands in a cell in which there is nothing, in lower case. */
const missing = new Set(["", "na", "n/a", "nan", "null", "?", "-"]);
const longestMissing = 4;

/** Whether a cell, trimmed, says that there is nothing: empty, NA, N/A, NaN, null, ? or -, in any case. */
export function isMissing(text: string): boolean {
  return text.length <= longestMissing && missing.has(text.toLowerCase());
}

/** The finite decimal number that a cell holds, trimmed and not empty; else NaN. `1,234.5`, `12 €` and `0x1F` are texts. */
export function numberIn(text: string): number {
  const value = Number(text);
  const isDecimal = Number.isFinite(value) && !/^0[box]/i.test(text);
  return isDecimal ? value : NaN;
}

/** What makes two cells one category: `1.0` is `1`, `TRUE` is `true`. */
export function categoryIn(text: string): string {
  const number = numberIn(text);
  if (!Number.isNaN(number)) return String(number);
  return Number.isNaN(truthIn(text)) ? text : text.toLowerCase();
}

/** 1 for true, 0 for false, in any case; else NaN. */
export function truthIn(text: string): number {
  const word = text.length > 5 ? "" : text.toLowerCase();
  if (word === "true") return 1;
  return word === "false" ? 0 : NaN;
}

/** A year first, so that month and day cannot be mistaken for each other. */
const date =
  /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:Z|([+-])(\d{2}):?(\d{2}))?)?$/;

const minutesPerDay = 24 * 60;

/**
 * The days since 1970-01-01 of a date such as `2026-01-31`, `2026/1/31` or `2026-01-31 14:30:00`; else NaN. A time without
 * a zone is taken as it stands, whatever zone the machine is in.
 */
export function dateIn(text: string): number {
  // Most texts are none, and cost no more than this.
  const separator = text[4];
  if (separator !== "-" && separator !== "/") return NaN;
  const found = date.exec(text);
  if (found === null) return NaN;
  const [year, month, day] = [found[1], found[3], found[4]].map(Number) as [number, number, number];
  const [hour, minute, second, zoneHours, zoneMinutes] = [found[5], found[6], found[7], found[9], found[10]].map(
    (part) => Number(part ?? 0),
  ) as [number, number, number, number, number];
  const midnight = new Date(0);
  // Not Date.UTC: that takes the years 0 to 99 for 1900 to 1999.
  midnight.setUTCFullYear(year, month - 1, day);
  const isCalendarDay = midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === day;
  if (!isCalendarDay || hour > 23 || minute > 59 || second > 59) return NaN;
  const zone = (found[8] === "-" ? -1 : 1) * (zoneHours * 60 + zoneMinutes);
  return midnight.getTime() / 86_400_000 + (hour * 60 + minute - zone + second / 60) / minutesPerDay;
}

/** `2026-01-31`, from days since 1970-01-01. */
export function formatDate(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}

/** Whether a text is a number in another dress: `1,234.5`, `€12`, `12 %`. */
export function looksLikeNumber(text: string): boolean {
  return /^[-+]?\p{Sc}?\s*[-+]?\d{1,3}(?:[.,'\s]?\d{3})*(?:[.,]\d+)?\s*[%\p{Sc}]?$/u.test(text);
}

const month =
  /\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b/i;

/** Whether a text is a date in another dress: `31.1.2026`, `Jan 1 2026`. */
export function looksLikeDate(text: string): boolean {
  return /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b/.test(text) || (month.test(text) && /\b\d{4}\b/.test(text));
}
