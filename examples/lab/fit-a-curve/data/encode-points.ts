import { levelOf, valueAt, type Point } from "./point.ts";

/** As in base64url: none of them is escaped in an address. */
const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** More than these make an address that messages cut off. */
export const mostPoints = 400;

/** Points as text, four characters each: a bit of class, 11 bits of x, 12 of y. */
export function encodePoints(points: readonly Point[]): string {
  return points
    .map(({ x, y, group }) => {
      const bits = group * 2 ** 23 + levelOf(x, "x") * 2 ** 12 + levelOf(y, "y");
      return [18, 12, 6, 0].map((shift) => digits[(bits >> shift) & 63]).join("");
    })
    .join("");
}

/** Whether `decodePoints` can read a text. */
export function isEncodedPoints(text: string): boolean {
  return /^[\w-]*$/.test(text) && text.length % 4 === 0 && text.length <= 4 * mostPoints;
}

/** The points that a text holds. */
export function decodePoints(text: string): Point[] {
  return Array.from({ length: text.length / 4 }, (_, index) => {
    let bits = 0;
    for (const digit of text.slice(4 * index, 4 * index + 4)) bits = bits * 64 + digits.indexOf(digit);
    const group = bits >= 2 ** 23 ? 1 : 0;
    return { x: valueAt((bits >> 12) & 2047, "x"), y: valueAt(bits & 4095, "y"), group };
  });
}
