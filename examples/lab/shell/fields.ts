/** How a page's state is written in the address, field by field: what is not in here fails, and the page opens as new. */
import * as z from "zod/mini";

/** `0.1`, `-2`, `1e-3`: nothing else that JavaScript would take for a number. */
const decimal = z.string().check(z.regex(/^-?\d{1,16}(\.\d{1,20})?(e-?\d{1,2})?$/));

/** A number from `least` to `most`. */
export function numberField(least: number, most: number) {
  const number = z.number().check(z.gte(least), z.lte(most));
  return z.codec(decimal, number, { decode: Number, encode: String });
}

/** A whole number from `least` to `most`. */
export function countField(least: number, most: number) {
  const count = z.int().check(z.gte(least), z.lte(most));
  return z.codec(z.string().check(z.regex(/^\d{1,9}$/)), count, { decode: Number, encode: String });
}

/** Numbers, as many as `length`: `0.1,0.2`. */
export function numbersField(length: number, least: number, most: number) {
  const numbers = z.array(z.number().check(z.gte(least), z.lte(most))).check(z.length(length));
  return z.codec(z.string(), numbers, {
    decode: (text) => text.split(",").map((part) => (decimal.safeParse(part).success ? Number(part) : NaN)),
    encode: (values) => values.join(","),
  });
}

/** One of several words. */
export function choiceField<const Choice extends string>(choices: readonly Choice[]) {
  return z.enum(choices);
}

/** Some of several words, each at most once, in their own order: `sgd,adam`. */
export function choicesField<const Choice extends string>(choices: readonly Choice[]) {
  const some = z.array(z.enum(choices)).check(
    z.maxLength(choices.length),
    z.refine((chosen) => new Set(chosen).size === chosen.length),
  );
  return z.codec(z.string(), some, {
    decode: (text) => (text === "" ? [] : text.split(",")) as Choice[],
    encode: (chosen) => chosen.join(","),
  });
}

/** A text of at most `longest` characters. */
export function textField(longest: number) {
  return z.string().check(z.maxLength(longest));
}

/** On or off: `1` or `0`. */
export function switchField() {
  return z.codec(z.enum(["0", "1"]), z.boolean(), {
    decode: (text) => text === "1",
    encode: (isOn) => (isOn ? "1" : "0"),
  });
}
