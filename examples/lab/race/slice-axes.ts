import type { LossSlice } from "rivulet";
import type { Texts } from "../texts/en.ts";

/** What the axes of a slice are called: by their weight, or by the part of the paths' spread that lies along them. */
export function axisNames({ axes, explained }: LossSlice, words: Texts["race"]["slice"]): readonly [string, string] {
  if (explained !== null) {
    return [words.component(1, words.percent(explained[0])), words.component(2, words.percent(explained[1]))];
  }
  const named = axes.map((axis) => {
    const [, parameter = axis] = axis.split("/");
    const known: Readonly<Record<string, string>> = words.weights;
    return known[parameter] ?? axis;
  });
  return [named[0] ?? "", named[1] ?? ""];
}
