/** A number to three digits: `17,300`, `2.34`, `0.0142`, `1.2e-7`; of a whole number below a million all. */
export function numberText(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) return String(Number(value.toPrecision(3)));
  const rounded = Number.isInteger(value) && size < 1e6 ? value : Number(value.toPrecision(3));
  return rounded.toLocaleString("en", { maximumFractionDigits: 20 });
}

/** `3.2 s`, `2 min 5 s` */
export function durationText(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
