import { builtInProblem, problemNames, type ProblemName } from "rivulet";
import { describe, expect, it } from "vitest";
import { readProblem } from "../../../src/regimes/problem.ts";

/** A column's mean and standard deviation. */
function momentsOf(values: Float32Array, columns: number, column: number): { mean: number; deviation: number } {
  const own = values.filter((_, index) => index % columns === column);
  const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
  return { mean, deviation: Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length) };
}

describe("the built-in problems", () => {
  it.each<[ProblemName, number, number, number]>([
    ["sine", 256, 128, 1],
    ["ill-conditioned", 256, 128, 1],
    ["auto-mpg", 313, 79, 9],
    ["spirals", 256, 128, 2],
  ])(
    "%s has %i samples, %i to validate on, of %i features, the same each time",
    async (name, count, validated, features) => {
      const samples = await readProblem("a test", await builtInProblem(name));
      expect(samples.training.x.shape).toEqual([count, features]);
      expect(samples.training.y.shape).toEqual([count, 1]);
      expect(samples.validation?.x.shape).toEqual([validated, features]);
      expect(await readProblem("a test", await builtInProblem(name))).toEqual(samples);
    },
  );

  it.each<ProblemName>(["sine", "auto-mpg", "spirals"])("%s is standardised", async (name) => {
    const { training, features } = await readProblem("a test", await builtInProblem(name));
    for (let column = 0; column < features; column++) {
      const { mean, deviation } = momentsOf(training.x.values, features, column);
      // 1e-5: the sums are of float32 numbers.
      expect(Math.abs(mean)).toBeLessThan(1e-5);
      expect(Math.abs(deviation - 1)).toBeLessThan(1e-5);
    }
  });

  it("has as many points on each spiral", async () => {
    const { training } = await readProblem("a test", await builtInProblem("spirals"));
    expect(training.y.values.filter((label) => label === 1)).toHaveLength(128);
    expect(training.y.values.filter((label) => label === 0)).toHaveLength(128);
  });

  it("has valleys of the shape that it says", async () => {
    const { training } = await readProblem("a test", await builtInProblem("ill-conditioned"));
    const { mean, deviation } = momentsOf(training.x.values, 1, 0);
    // Eigenvalues of [E x², E x; E x, 1]: their sum and product are the trace and the determinant, which is the variance.
    const [trace, determinant] = [mean ** 2 + deviation ** 2 + 1, deviation ** 2];
    const largest = (trace + Math.sqrt(trace ** 2 - 4 * determinant)) / 2;
    expect(largest / (determinant / largest)).toBeGreaterThan(290);
    expect(largest / (determinant / largest)).toBeLessThan(350);
  });

  it("are known by name", async () => {
    expect(problemNames).toEqual(["sine", "ill-conditioned", "auto-mpg", "spirals"]);
    await expect(builtInProblem("sinus" as ProblemName)).rejects.toThrow(
      'There is no built-in problem "sinus". Did you mean "sine"? Known: sine, ill-conditioned, auto-mpg, spirals.',
    );
  });
});
