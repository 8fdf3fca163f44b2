import { describe, expect, it } from "vitest";
import { circuit, passages, passBack } from "../../../examples/worked/04-gates.ts";

// Whole numbers of this size are exact in float32.
describe("W4: gates", () => {
  it("runs the circuit forwards and backwards", async () => {
    expect(await circuit(-2, 5, -4)).toEqual({ q: 3, f: -12, gradient: [-4, -4, 3] });
  });

  it("is put together from its gates", async () => {
    const [multiply, add] = await passages();
    expect(multiply).toEqual({ gate: "multiply", inputs: [3, -4], upstream: 1, gradients: [-4, 3] });
    expect(add).toEqual({ gate: "add", inputs: [-2, 5], upstream: -4, gradients: [-4, -4] });
    expect(add?.upstream).toBe(multiply?.gradients[0]);
  });

  it("hands the gradient on unchanged through an addition", async () => {
    expect((await passBack("add", [2, -7], 3)).gradients).toEqual([3, 3]);
  });

  it("swaps the inputs of a multiplication", async () => {
    expect((await passBack("multiply", [2, -7], 3)).gradients).toEqual([-21, 6]);
  });

  it.each([
    [
      [-2, 5],
      [0, -4],
    ],
    [
      [5, -2],
      [-4, 0],
    ],
  ] as const)("routes the whole gradient to the larger of %j", async (inputs, gradients) => {
    // toEqual would tell the 0 from the −0 that tfjs makes of 0 · −4.
    const routed = (await passBack("maximum", inputs, -4)).gradients;
    expect(routed.map((value) => value + 0)).toEqual(gradients);
    expect((await passages()).map((passage) => passage.inputs)).toContainEqual(inputs);
  });
});
