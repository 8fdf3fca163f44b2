import { uniformFloat32 } from "pure-rand/distribution/uniformFloat32";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { rounded, type Point } from "./point.ts";

/** What the page offers of one input, and of two. */
export const curveNames = ["sine", "line", "parabola", "steps"] as const;
export const classNames = ["circles", "xor", "moons", "spirals"] as const;

/** Those and the user's own: a curve, or two classes. */
export const dataNames = [...curveNames, "curve", ...classNames, "classes"] as const;
export type DataName = (typeof dataNames)[number];
export type MadeName = (typeof curveNames)[number] | (typeof classNames)[number];

/** How many inputs a network of this data has. */
export function inputsOf(data: DataName): 1 | 2 {
  return data === "curve" || curveNames.some((name) => name === data) ? 1 : 2;
}

/** Draws from [−1, 1), and from a bell of standard deviation 1. */
interface Chance {
  readonly even: () => number;
  readonly bell: () => number;
}

type Draw = (index: number, chance: Chance) => Point;

function curve(f: (x: number) => number, noise: number): Draw {
  return (_, { even, bell }) => {
    const x = even();
    return { x, y: f(x) + noise * bell(), group: 0 };
  };
}

/** In turns one of each class. */
function classes(draw: (group: 0 | 1, chance: Chance) => readonly [number, number]): Draw {
  return (index, chance) => {
    const group = index % 2 === 0 ? 0 : 1;
    const [x, y] = draw(group, chance);
    return { x, y, group };
  };
}

const draws: Record<MadeName, { readonly seed: number; readonly count: number; readonly draw: Draw }> = {
  sine: { seed: 1, count: 60, draw: curve((x) => 0.7 * Math.sin(1.5 * Math.PI * x), 0.1) },
  line: { seed: 2, count: 40, draw: curve((x) => 0.6 * x + 0.1, 0.12) },
  parabola: { seed: 3, count: 50, draw: curve((x) => 1.5 * x * x - 0.75, 0.08) },
  steps: { seed: 4, count: 80, draw: curve((x) => (Math.floor(2 * x) + 0.5) / 2.5, 0.03) },
  circles: {
    seed: 5,
    count: 160,
    draw: classes((group, { even, bell }) => {
      const radius = (group === 0 ? 0.35 : 0.85) + 0.07 * bell();
      const angle = Math.PI * even();
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    }),
  },
  xor: {
    seed: 6,
    count: 160,
    draw: classes((group, { even }) => {
      const [x, y] = [even(), even()];
      const away = (value: number) => value * 0.9 + Math.sign(value) * 0.1;
      return [away(x), away(Math.sign(x) * Math.abs(y) * (group === 0 ? 1 : -1))];
    }),
  },
  moons: {
    seed: 7,
    count: 160,
    draw: classes((group, { even, bell }) => {
      const angle = (Math.PI * (even() + 1)) / 2;
      const [x, y] = [0.6 * Math.cos(angle) - 0.3, 0.75 * Math.sin(angle) - 0.2];
      const [dx, dy] = [0.07 * bell(), 0.07 * bell()];
      return group === 0 ? [x + dx, y + dy] : [-x + dx, -y + dy];
    }),
  },
  spirals: {
    seed: 8,
    count: 200,
    draw: classes((group, { even, bell }) => {
      const along = (even() + 1) / 2;
      const angle = 3.2 * Math.PI * Math.sqrt(along) + group * Math.PI;
      const radius = 0.08 + 0.85 * Math.sqrt(along);
      return [radius * Math.cos(angle) + 0.02 * bell(), radius * Math.sin(angle) + 0.02 * bell()];
    }),
  },
};

/** The points of a name: always the same, rounded so that every browser has them to the bit. */
export function makePoints(name: MadeName): readonly Point[] {
  const { seed, count, draw } = draws[name];
  const generator = xoroshiro128plus(seed);
  const uniform = () => uniformFloat32(generator);
  // By Box and Muller.
  const bell = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const chance = { even: () => 2 * uniform() - 1, bell };
  return Array.from({ length: count }, (_, index) => rounded(draw(index, chance)));
}
