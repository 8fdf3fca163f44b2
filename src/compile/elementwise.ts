import * as tf from "@tensorflow/tfjs-core";
import type { Shape } from "../shape.ts";
import { elementwiseIn } from "./elementwise-loops.ts";
import { elementwiseShader } from "./elementwise-shader.ts";
import { hostMemories } from "./host-memory.ts";

/** The operations that a fused kernel may hold: those whose result in float32 is the same wherever it is computed. */
const names = ["Add", "Sub", "Multiply", "RealDiv", "SquaredDifference", "Neg", "Square", "Sqrt"] as const;

/** tfjs's name of an operation that a fused kernel may hold. */
export type ElementwiseName = (typeof names)[number];

/** Whether a fused kernel may hold it. */
export function isElementwise(name: string): name is ElementwiseName {
  return (names as readonly string[]).includes(name);
}

/** One operation of a fused kernel. Operands are counted over the kernel's inputs, then over its operations. */
export interface ElementwiseStep {
  readonly name: ElementwiseName;
  readonly a: number;
  /** Of an operation on two. */
  readonly b?: number;
}

/** What a fused kernel computes: all operations have results of one shape. */
export type ElementwiseAttributes = {
  readonly steps: readonly ElementwiseStep[];
  /** Which of the operations' results go out. */
  readonly results: readonly number[];
  readonly shape: Shape;
};

/** What the kernel is called among tfjs's. */
export const elementwiseKernel = "Elementwise";

/** How much a fused kernel may hold on a backend. */
export interface ElementwiseLimits {
  /** Numbers in a result. */
  readonly numbers: number;
  readonly inputs: number;
  readonly results: number;
}

/** A shader writes one texture, and reads so many on every GPU that has WebGL 2. What it spares is going to memory. */
const shaderLimits: ElementwiseLimits = { numbers: Infinity, inputs: 16, results: 1 };

/**
 * What the backend that runs has a kernel for, that does a chain of operations element by element in one call: what a call
 * costs beside the arithmetic is then paid once for them all. Backends on the CPU's side and WebGL are given one; others
 * have none.
 */
export function elementwiseLimits(): ElementwiseLimits | undefined {
  const backendName = tf.getBackend();
  const memory = Object.hasOwn(hostMemories, backendName) ? hostMemories[backendName] : undefined;
  if (memory === undefined && backendName !== "webgl") return undefined;
  if (tf.getKernel(elementwiseKernel, backendName) === undefined) {
    const kernelFunc = memory === undefined ? elementwiseShader : elementwiseIn(memory);
    tf.registerKernel({ kernelName: elementwiseKernel, backendName, kernelFunc });
  }
  if (memory === undefined) return shaderLimits;
  return { numbers: memory.mostFused, inputs: Infinity, results: Infinity };
}
