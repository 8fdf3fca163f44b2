/** How numbers are written, in every language: a true minus, and a point before the decimals. */

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A number as it stands, with a true minus: `−0.1`. */
export function minus(number: number): string {
  return String(number).replaceAll("-", "−");
}

/**
 * A number to that many decimals, `−0.38400`; one of which those would show a digit at most, as a power of ten, `1.23 × 10⁻⁸`; and what
 * is no number, as such.
 */
export function fixed(number: number, decimals: number): string {
  if (Number.isNaN(number)) return "NaN";
  if (!Number.isFinite(number)) return number > 0 ? "∞" : "−∞";
  const size = Math.abs(number);
  const isSmall = size !== 0 && size < 10 ** (1 - decimals);
  if (isSmall || size >= 1e5) return powerOfTen(number);
  // A zero has no sign here: −0 is a float32's leftover.
  return (number === 0 ? 0 : number).toFixed(decimals).replace("-", "−");
}

/** A number to that many significant digits, without zeros at its end. */
export function significant(number: number, digits: number): string {
  if (!Number.isFinite(number)) return fixed(number, 0);
  const size = Math.abs(number);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) return powerOfTen(number);
  return minus(Number(number.toPrecision(digits)) + 0);
}

function powerOfTen(number: number): string {
  const [mantissa = "", exponent = ""] = number.toExponential(3).split("e");
  const raised = exponent
    .replace("+", "")
    .replace("-", "⁻")
    .replace(/\d/g, (digit) => superscripts[Number(digit)] ?? "");
  return `${mantissa.replace("-", "−")} × 10${raised}`;
}
