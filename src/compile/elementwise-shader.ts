import type * as tf from "@tensorflow/tfjs-core";
import { sizeOf, type Shape } from "../shape.ts";
import type { ElementwiseAttributes, ElementwiseName, ElementwiseStep } from "./elementwise.ts";

/** What is used here of tfjs's backend on WebGL. */
interface WebGLBackend {
  runWebGLProgram(program: ElementwiseProgram, inputs: readonly tf.TensorInfo[], dtype: "float32"): tf.TensorInfo;
}

/** In GLSL, on a texel: it holds two rows and two columns. */
const expressions: Readonly<Record<ElementwiseName, (a: string, b: string) => string>> = {
  Add: (a, b) => `${a} + ${b}`,
  Sub: (a, b) => `${a} - ${b}`,
  Multiply: (a, b) => `${a} * ${b}`,
  RealDiv: (a, b) => `divide(${a}, ${b})`,
  SquaredDifference: (a, b) => `(${a} - ${b}) * (${a} - ${b})`,
  Neg: (a) => `-${a}`,
  Square: (a) => `${a} * ${a}`,
  Sqrt: (a) => `sqrt(${a})`,
};

/** As tfjs 4.22.0 divides on WebGL: what is divided by its equal gives 1, and be it 0. */
const division = `
  vec4 divide(vec4 a, vec4 b) {
    vec4 ratio = a / b;
    return vec4(
      a.x == b.x ? 1. : ratio.x,
      a.y == b.y ? 1. : ratio.y,
      a.z == b.z ? 1. : ratio.z,
      a.w == b.w ? 1. : ratio.w);
  }`;

/** The fused kernel of one result as a shader. */
export const elementwiseShader: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const { steps, shape } = attrs as unknown as ElementwiseAttributes;
  const flat = withThreeAxes(shape);
  const operands = (inputs as unknown as readonly tf.TensorInfo[]).map(({ dataId, shape: own, dtype }) => {
    return { dataId, shape: sizeOf(own) === 1 ? [] : [...flat], dtype };
  });
  const program = new ElementwiseProgram(steps, operands.length, flat);
  const made = (backend as unknown as WebGLBackend).runWebGLProgram(program, operands, "float32");
  return [{ dataId: made.dataId, shape: [...shape], dtype: made.dtype }];
};

/** The first axes as one, so that three are left: texels are cut along the last two. */
function withThreeAxes(shape: Shape): Shape {
  return shape.length <= 3 ? shape : [sizeOf(shape.slice(0, -2)), ...shape.slice(-2)];
}

/** A program as tfjs takes it. */
class ElementwiseProgram {
  readonly packedInputs = true;
  readonly packedOutput = true;
  readonly variableNames: readonly string[];
  readonly outputShape: readonly number[];
  readonly userCode: string;

  constructor(steps: readonly ElementwiseStep[], inputs: number, shape: Shape) {
    this.outputShape = shape;
    this.variableNames = Array.from({ length: inputs }, (_, index) => `Operand${index}`);
    const reads = this.variableNames.map((name, index) => `vec4 v${index} = get${name}AtOutCoords();`);
    const computed = steps.map(({ name, a, b = a }, index) => {
      return `vec4 v${inputs + index} = ${expressions[name](`v${a}`, `v${b}`)};`;
    });
    this.userCode = `
      ${division}
      void main() {
        ${[...reads, ...computed].join("\n        ")}
        vec4 result = v${inputs + steps.length - 1};
        ${clearing(shape)}
        setOutput(result);
      }
    `;
  }
}

/** Puts 0 where a texel reaches beyond the last row or column. */
function clearing(shape: Shape): string {
  const [last = 1, secondLast = 1] = shape.toReversed();
  if (shape.length < 2) {
    const isBeyond = shape.length === 0 ? "true" : `getOutputCoords() + 1 >= ${last}`;
    return `result = vec4(result.x, ${isBeyond} ? 0. : result.y, 0., 0.);`;
  }
  const [row, column] = shape.length === 2 ? ["x", "y"] : ["y", "z"];
  return `
        bool isLastRow = getOutputCoords().${row} + 1 >= ${secondLast};
        bool isLastColumn = getOutputCoords().${column} + 1 >= ${last};
        result.y = isLastColumn ? 0. : result.y;
        result.z = isLastRow ? 0. : result.z;
        result.w = isLastRow || isLastColumn ? 0. : result.w;`;
}
