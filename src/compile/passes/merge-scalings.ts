import { Graph, type Constant, type Kernel, type Operand, type Value } from "../graph.ts";
import { isAsMade, Replacements } from "../rewrite.ts";

/** A value times a number: c x. */
interface Scaling {
  readonly x: Operand;
  readonly factor: number;
}

/**
 * Algebra that costs nothing:
 *
 *     x + 0, x − 0, 1 x, x / 1 → x        c (d x) → (c d) x, c d in float32
 *
 * x float32, c and d constants of one number. A constant that is the same number throughout is read as that one number.
 * Results differ from those of the single steps by a rounding, and −0 + 0 stays −0.
 */
export function mergeScalings(graph: Graph): Graph {
  return new Merge(graph).run();
}

class Merge {
  readonly #graph: Graph;
  readonly #values: Value[];
  readonly #constants: Constant[];
  readonly #replacements = new Replacements();
  /** The number that a constant is throughout. */
  readonly #uniform = new Map<number, number>();
  readonly #scalings = new Map<number, Scaling>();

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#values = [...graph.values];
    this.#constants = [...graph.constants];
    for (const { value, numbers } of graph.constants) {
      const [first] = numbers;
      if (first !== undefined && numbers.every((number) => number === first)) this.#uniform.set(value, first);
    }
  }

  run(): Graph {
    const kernels = this.#graph.kernels.flatMap((original) => {
      const kernel = this.#replacements.inKernel(original);
      const [made] = kernel.outputs;
      if (made === undefined || kernel.outputs.length > 1) return [kernel];
      const same = this.#unchanged(kernel);
      if (same !== undefined) {
        this.#replacements.add(made, same);
        return [];
      }
      return [this.#merged(kernel, made)];
    });
    const outputs = this.#replacements.inOutputs(this.#graph);
    return this.#graph.with({ values: this.#values, constants: this.#constants, kernels, outputs });
  }

  /** The value that a kernel gives back as it was. */
  #unchanged(kernel: Kernel): number | undefined {
    const scaling = this.#scalingOf(kernel);
    if (scaling?.factor === 1) return scaling.x.value;
    if (kernel.name !== "Add" && kernel.name !== "Sub") return undefined;
    const { a, b } = kernel.inputs as Record<"a" | "b", Operand>;
    if (this.#uniform.get(b.value) === 0 && this.#isWhole(a, kernel)) return a.value;
    if (kernel.name === "Add" && this.#uniform.get(a.value) === 0 && this.#isWhole(b, kernel)) return b.value;
    return undefined;
  }

  /** The kernel as one multiplication by one number, if it is a scaling of a scaling. */
  #merged(kernel: Kernel, made: number): Kernel {
    const outer = this.#scalingOf(kernel);
    if (outer === undefined) return kernel;
    const inner = this.#scalings.get(outer.x.value);
    const factor = inner && Math.fround(inner.factor * outer.factor);
    const scaling = inner && isOrdinary(factor) ? { x: inner.x, factor } : outer;
    this.#scalings.set(made, scaling);
    if (kernel.name !== "Multiply" && scaling === outer) return kernel;
    return { ...kernel, name: "Multiply", inputs: { a: this.#constant(scaling.factor), b: scaling.x }, attributes: {} };
  }

  #scalingOf(kernel: Kernel): Scaling | undefined {
    const { name } = kernel;
    const { a, b, x } = kernel.inputs as Record<string, Operand>;
    if (name === "Neg" && x !== undefined && this.#isWhole(x, kernel)) return { x, factor: -1 };
    if ((name !== "Multiply" && name !== "RealDiv") || a === undefined || b === undefined) return undefined;
    const right = this.#uniform.get(b.value);
    if (right !== undefined && this.#isWhole(a, kernel)) {
      const factor = name === "Multiply" ? right : Math.fround(1 / right);
      return isOrdinary(factor) ? { x: a, factor } : undefined;
    }
    const left = this.#uniform.get(a.value);
    const isScaled = name === "Multiply" && left !== undefined && isOrdinary(left) && this.#isWhole(b, kernel);
    return isScaled ? { x: b, factor: left } : undefined;
  }

  /** Whether an operand has the shape and type of the result, so that nothing is broadcast to it. */
  #isWhole(operand: Operand, { outputs }: Kernel): boolean {
    const made = this.#values[outputs[0] as number] as Value;
    const { dtype } = this.#values[operand.value] as Value;
    const isFloat = dtype === "float32" && made.dtype === "float32";
    return isFloat && isAsMade(this.#graph, operand) && String(made.shape) === String(operand.shape);
  }

  #constant(number: number): Operand {
    const value = this.#values.push({ shape: [], dtype: "float32" }) - 1;
    this.#constants.push({ value, numbers: Float32Array.of(number) });
    this.#uniform.set(value, number);
    return { value, shape: [] };
  }
}

/** Whether a factor neither overflows nor loses digits near 0. */
function isOrdinary(factor: number | undefined): factor is number {
  return factor !== undefined && Number.isFinite(factor) && Math.abs(factor) > 1.2e-38;
}
