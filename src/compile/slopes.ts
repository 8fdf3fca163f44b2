import * as tf from "@tensorflow/tfjs-core";

/** The kernels for ∂C/∂z = ∂C/∂y × dy/dz by an activation's own value y, by TensorFlow's names of them. */
const slopes = ["SigmoidGrad", "TanhGrad"] as const;

/** What such a kernel is called. */
export type SlopeName = (typeof slopes)[number];

/** What is used here of tfjs's native binding. */
interface NativeBackend {
  executeSingleOutput(name: string, attributes: readonly object[], inputs: readonly tf.TensorInfo[]): tf.Tensor;
  readonly binding: Readonly<Record<"TF_ATTR_TYPE" | "TF_FLOAT", number>>;
}

/**
 * Whether the backend that runs has the kernels of the slopes. TensorFlow computes them in one operation each, of which
 * tfjs's native binding does not know: it is given them.
 */
export function hasSlopes(): boolean {
  if (tf.getBackend() !== "tensorflow") return false;
  for (const kernelName of slopes) {
    if (tf.getKernel(kernelName, "tensorflow") === undefined)
      tf.registerKernel({ kernelName, backendName: "tensorflow", kernelFunc: nativeSlope(kernelName) });
  }
  return true;
}

function nativeSlope(name: SlopeName): tf.KernelFunc {
  return ({ inputs, backend }) => {
    const { y, dy } = inputs as Record<"y" | "dy", tf.TensorInfo>;
    const { binding } = backend as unknown as NativeBackend;
    const type = { name: "T", type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
    return (backend as unknown as NativeBackend).executeSingleOutput(name, [type], [y, dy]);
  };
}
