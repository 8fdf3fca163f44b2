import { colourOf } from "../../charts/colour.ts";

const names = {
  ground: "--surface",
  ink: "--ink",
  soft: "--ink-soft",
  line: "--hairline",
  /** What is below 0, or of class A; above 0, or of class B. */
  low: "--gradient",
  high: "--accent",
} as const;

/** The styles' colours as a canvas wants them. */
export type Palette = Readonly<Record<keyof typeof names, string>> & { readonly font: string };

/** @param element where they are looked up */
export function paletteOf(element: HTMLElement): Palette {
  const colours = Object.fromEntries(Object.entries(names).map(([key, name]) => [key, colourOf(element, name)]));
  return { ...(colours as Record<keyof typeof names, string>), font: `12px ${getComputedStyle(element).fontFamily}` };
}

type Rgb = readonly [number, number, number];

/** `rgb(11, 95, 112)` as numbers. */
function numbersOf(colour: string): Rgb {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue];
}

/** How strong a colour becomes at most: marks stay legible on it. */
const strongest = 0.6;

/** Colours from −1 over the ground at 0 to 1, worked out once: 511 of them. */
export function ramp({ ground, low, high }: Palette): readonly Rgb[] {
  const middle = numbersOf(ground);
  const [below, above] = [numbersOf(low), numbersOf(high)];
  return Array.from({ length: 511 }, (_, index) => {
    const value = (index - 255) / 255;
    const end = value < 0 ? below : above;
    const mixed = (part: 0 | 1 | 2) => middle[part] + (end[part] - middle[part]) * Math.abs(value) * strongest;
    return [mixed(0), mixed(1), mixed(2)] as const;
  });
}
