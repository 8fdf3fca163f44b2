import { webgpuBy, type Gpu } from "./webgpu.ts";

export const webgpu = webgpuBy(
  async () => (navigator as { readonly gpu?: Gpu }).gpu,
  "It wants a browser with WebGPU, and a page from https or localhost. Or use webgl.",
);
