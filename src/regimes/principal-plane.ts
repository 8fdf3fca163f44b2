import { dot, norm, plus, type ParameterVector } from "../explain/parameter-vector.ts";
import type { Plane } from "./loss-slice.ts";

/** Points that are looked at: of more, each run gives some, evenly. */
const mostPoints = 300;

/** What is left of the spread beside a line is rounding. */
const hardlyAny = 1e-12;

/**
 * The plane through the best end in which the paths spread most, as Li et al., 2018, https://arxiv.org/abs/1712.09913: of
 * the matrix of all points less the best run's last one,
 *
 *     M = [θ₁ − θ_best; …; θₘ − θ_best]
 *
 * the two directions v of length 1 for which ‖M v‖ is largest. They are the principal components about that end, not about
 * the mean, so that the end lies in the plane. They follow from the eigenvectors u of M Mᵀ, v = Mᵀ u / √λ, as there are often
 * fewer points than weights.
 *
 * @param best the place of the run that ended lowest
 * @returns undefined where all points lie on a line
 */
export async function principalPlane(
  paths: readonly (readonly Float32Array[])[],
  best: number,
): Promise<Plane | undefined> {
  const end = paths[best]?.at(-1);
  if (end === undefined) return undefined;
  const origin = Float64Array.from(end);
  const each = Math.max(2, Math.floor(mostPoints / paths.length));
  const rows = paths.flatMap((path) => some(path, each)).map((point) => plus(Float64Array.from(point), origin, -1));
  // Only a comparison wants it, and starting is to be quick.
  const { EigenvalueDecomposition, Matrix } = await import("ml-matrix");
  const products = new Matrix(rows.map((row) => rows.map((other) => dot(row, other))));
  const { realEigenvalues: values, eigenvectorMatrix } = new EigenvalueDecomposition(products, {
    assumeSymmetric: true,
  });
  // Ascending.
  const [second = 0, first = 0] = values.slice(-2);
  if (!(second > hardlyAny * first)) return undefined;
  const whole = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const directionOf = (column: number) => combine(rows, eigenvectorMatrix.getColumn(column));
  return {
    kind: "principal",
    axes: ["1st component", "2nd component"],
    origin: [...origin],
    directions: [[...directionOf(rows.length - 1)], [...directionOf(rows.length - 2)]],
    explained: [first / whole, second / whole],
  };
}

/** Mᵀ u at length 1, its largest weight above 0: otherwise its sign would be chance. */
function combine(rows: readonly ParameterVector[], factors: readonly number[]): ParameterVector {
  const sum = rows.reduce(
    (before, row, index) => plus(before, row, factors[index]),
    new Float64Array(rows[0]?.length ?? 0),
  );
  const largest = sum.reduce((before, value) => (Math.abs(value) > Math.abs(before) ? value : before), 0);
  const length = norm(sum) * Math.sign(largest);
  return sum.map((value) => value / length);
}

/** So many of a list, spread evenly, the first and the last among them. */
function some<Item>(list: readonly Item[], count: number): Item[] {
  if (list.length <= count) return [...list];
  return Array.from(
    { length: count },
    (_, index) => list[Math.round((index * (list.length - 1)) / (count - 1))] as Item,
  );
}
