import { importOptional } from "./optional-package.ts";
import { webgpuBy, type Gpu } from "./webgpu.ts";

interface Dawn {
  readonly create: (options: string[]) => Gpu;
  readonly globals: object;
}

/** Dawn's WebGPU, the one of Chromium, put where a page has it. */
async function gpuOfDawn(): Promise<Gpu> {
  const { create, globals } = (await importOptional("webgpu", "the package webgpu")) as Dawn;
  Object.assign(globalThis, globals);
  const global = globalThis as { navigator?: { gpu?: Gpu } };
  // Node has a navigator since 21, and none with a GPU.
  if (global.navigator === undefined) Object.assign(globalThis, { navigator: {} });
  const navigator = global.navigator as { readonly gpu?: Gpu };
  if (navigator.gpu === undefined) Object.defineProperty(navigator, "gpu", { value: create(platformOptions()) });
  return navigator.gpu as Gpu;
}

/** Without it Dawn also looks for OpenGL on Linux, on which tfjs's shaders do not run. */
function platformOptions(): string[] {
  return process.platform === "linux" ? ["backend=vulkan"] : [];
}

export const webgpu = webgpuBy(
  gpuOfDawn,
  "Run `npm install webgpu`. It wants a GPU with a driver for Vulkan, Metal or Direct3D 12.",
);
