const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A number for a reader, to so many digits: `0.0123`, `12,345`, `1.2×10⁻⁵`; whole numbers in full. Null is a dash. */
export function formatNumber(value: number | null, digits = 3): string {
  if (value === null) return "–";
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.00095 || size >= 1e7)) return formatPower(value, digits);
  const whole = size >= 1 ? Math.floor(Math.log10(size)) + 1 : 0;
  return formatterFor(whole >= digits ? 0 : digits)
    .format(value)
    .replace("-", "−");
}

/** To make one takes far longer than to use it, and a chart's labels are thousands. */
const formatters = new Map<number, Intl.NumberFormat>();

/** @param digits 0 for whole numbers */
function formatterFor(digits: number): Intl.NumberFormat {
  const options = digits === 0 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: digits };
  const formatter = formatters.get(digits) ?? new Intl.NumberFormat("en", options);
  formatters.set(digits, formatter);
  return formatter;
}

/** A rate that somebody set: as it was written. */
export function formatSetting(value: number): string {
  return String(value).replace("-", "−");
}

/** `1 run`, `3 runs` */
export function countOf(count: number, what: string): string {
  return `${formatNumber(count)} ${what}${count === 1 ? "" : "s"}`;
}

function formatPower(value: number, precision: number): string {
  const [digits = "", exponent = "0"] = value.toExponential(precision - 1).split("e");
  const factor = digits.replace(/\.?0+$/, "").replace("-", "−");
  const power = exponent.replaceAll(/[+-]|\d/g, (sign) => {
    if (sign === "+") return "";
    return sign === "-" ? "⁻" : (superscripts[Number(sign)] ?? "");
  });
  return /^−?1$/.test(factor) ? `${factor.slice(0, -1)}10${power}` : `${factor}×10${power}`;
}
