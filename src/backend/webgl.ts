import * as tf from "@tensorflow/tfjs-core";
import type { Candidate } from "./candidate.ts";
import { forgetIfLost, watchDevice } from "./device-loss.ts";
import { clearPaddingOfProducts } from "./webgl-products.ts";

/** What is used of tfjs's backend besides its public face: its context, and where a tensor's values stand. */
interface WebGLBackend {
  readonly gpgpu: { readonly gl: WebGL2RenderingContext };
  readonly texData: { get(dataId: object): { readonly values?: unknown } };
}

function running(): WebGLBackend {
  return tf.backend() as unknown as WebGLBackend;
}

/** The name of the GPU, as far as the browser tells. */
function gpuName(): string {
  const { gl } = running().gpgpu;
  const names = gl.getExtension("WEBGL_debug_renderer_info");
  const name: unknown = gl.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER);
  return typeof name === "string" && name !== "" ? name : "a GPU whose name the browser keeps to itself";
}

/** Has those who wait for the GPU find out that it is gone. */
function watchContext(): void {
  const { gpgpu, texData } = running();
  const { gl } = gpgpu;
  const isOnHost = (dataId: object) => texData.get(dataId).values != null;
  if (!watchDevice({ device: "WebGL", isLost: () => gl.isContextLost(), isOnHost })) return;
  gl.canvas.addEventListener("webglcontextlost", () => {
    // A lost context never signals a fence, and tfjs 4.22.0 asks for ever whether it has.
    gl.clientWaitSync = () => gl.ALREADY_SIGNALED;
  });
}

/** The GPU, through WebGL's textures. */
export const webgl: Candidate = {
  name: "webgl",
  mend: "Turn on hardware acceleration in the browser's settings, or use wasm.",
  async register() {
    await import("@tensorflow/tfjs-backend-webgl");
    clearPaddingOfProducts();
    forgetIfLost("webgl");
  },
  started: watchContext,
  device: async () => ({ gpu: gpuName() }),
};
