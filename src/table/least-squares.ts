import { EigenvalueDecomposition, Matrix as DenseMatrix } from "ml-matrix";
import { Pace } from "../pace.ts";
import type { EncodedRows, Matrix } from "./encode.ts";

/** A linear prediction x W + c, [inputs] to [outputs]. */
export interface LinearFit {
  /** [inputs, outputs], row-major. */
  readonly weights: Float64Array;
  /** [outputs] */
  readonly intercepts: Float64Array;
}

/** Directions of the inputs with less than this part of the largest variance count as none: float32 rounds at 6e-8, squared. */
const cutoff = 1e-12;

/**
 * Linear least squares with an intercept, of the smallest weights where several do as well (collinear inputs, or more of
 * them than rows):
 *
 *     W = (X̃ᵀX̃)⁺ X̃ᵀỸ      c = ȳ − x̄ W
 *
 * with X̃ = X − x̄, Ỹ = Y − ȳ. The products are summed in float64, row by row, and inverted by their eigenvalues: any
 * number of rows, but inputs³ operations.
 */
export async function fitLinear({ x, y }: EncodedRows): Promise<LinearFit> {
  const [rows, inputs] = x.shape;
  const outputs = y.shape[1];
  const { gram, moments, xMeans, yMeans } = await centredProducts({ x, y }, rows, inputs, outputs);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(
    DenseMatrix.from1DArray(inputs, inputs, gram),
    { assumeSymmetric: true },
  );
  const least = cutoff * Math.max(...realEigenvalues);
  const projected = eigenvectorMatrix.transpose().mmul(DenseMatrix.from1DArray(inputs, outputs, moments));
  for (const [index, eigenvalue] of realEigenvalues.entries()) {
    projected.mulRow(index, eigenvalue > least ? 1 / eigenvalue : 0);
  }
  const weights = Float64Array.from(eigenvectorMatrix.mmul(projected).to1DArray());
  const intercepts = yMeans.map((mean, output) => {
    return xMeans.reduce((sum, xMean, input) => sum - xMean * (weights[input * outputs + output] ?? 0), mean);
  });
  return { weights, intercepts };
}

/** x W + c for each row, [rows, outputs], row-major. */
export function predictLinear({ weights, intercepts }: LinearFit, x: Matrix): Float64Array {
  const [rows, inputs] = x.shape;
  const outputs = intercepts.length;
  const predictions = new Float64Array(rows * outputs);
  for (let row = 0; row < rows; row++) {
    for (let output = 0; output < outputs; output++) {
      let sum = intercepts[output] ?? 0;
      for (let input = 0; input < inputs; input++) {
        sum += (x.values[row * inputs + input] as number) * (weights[input * outputs + output] as number);
      }
      predictions[row * outputs + output] = sum;
    }
  }
  return predictions;
}

/** X̃ᵀX̃, X̃ᵀỸ, x̄ and ȳ, in one pass: Σ (x − x̄)(x − x̄)ᵀ = Σ x xᵀ − n x̄ x̄ᵀ. Standardised inputs lose nothing by it. */
async function centredProducts({ x, y }: EncodedRows, rows: number, inputs: number, outputs: number) {
  const gram = new Float64Array(inputs * inputs);
  const moments = new Float64Array(inputs * outputs);
  const xMeans = new Float64Array(inputs);
  const yMeans = new Float64Array(outputs);
  const pace = new Pace();
  for (let row = 0; row < rows; row++) {
    const xRow = x.values.subarray(row * inputs, (row + 1) * inputs);
    const yRow = y.values.subarray(row * outputs, (row + 1) * outputs);
    addProducts(gram, xRow, xRow);
    addProducts(moments, xRow, yRow);
    for (let input = 0; input < inputs; input++)
      xMeans[input] = (xMeans[input] as number) + (xRow[input] as number) / rows;
    for (let output = 0; output < outputs; output++)
      yMeans[output] = (yMeans[output] as number) + (yRow[output] as number) / rows;
    if (row % 256 === 0 && pace.isDue()) await pace.rest();
  }
  centre(gram, xMeans, xMeans, rows);
  centre(moments, xMeans, yMeans, rows);
  return { gram, moments, xMeans, yMeans };
}

/** sums ← sums + a bᵀ. One-hot inputs are mostly 0, and cost nothing. */
function addProducts(sums: Float64Array, a: Float32Array, b: Float32Array): void {
  for (let row = 0; row < a.length; row++) {
    const factor = a[row] as number;
    if (factor === 0) continue;
    for (let column = 0; column < b.length; column++) {
      const position = row * b.length + column;
      sums[position] = (sums[position] as number) + factor * (b[column] as number);
    }
  }
}

/** sums ← sums − n ā b̄ᵀ. */
function centre(sums: Float64Array, aMeans: Float64Array, bMeans: Float64Array, rows: number): void {
  for (const [row, aMean] of aMeans.entries()) {
    for (const [column, bMean] of bMeans.entries()) {
      const position = row * bMeans.length + column;
      sums[position] = (sums[position] as number) - rows * aMean * bMean;
    }
  }
}
