import * as tf from "@tensorflow/tfjs-core";
import type { Candidate } from "./candidate.ts";
import { forgetIfLost, watchDevice } from "./device-loss.ts";
import { BackendError } from "../errors.ts";

/** What is used of WebGPU: TypeScript has no types for it yet. */
export interface Gpu {
  requestAdapter(options?: object): Promise<{ readonly info?: Readonly<Record<string, unknown>> } | null>;
}

let name = "";

/** @throws Error if there is no adapter: tfjs would fail with a message about a property of null */
async function expectAdapter(gpu: Gpu | undefined): Promise<void> {
  if (gpu === undefined) throw new Error("there is no navigator.gpu");
  const adapter = await gpu.requestAdapter();
  if (adapter === null) throw new Error("no GPU offers itself");
  const { description, device, vendor, architecture } = adapter.info ?? {};
  const known = [[description], [device], [vendor, architecture]].map((parts) => parts.filter(Boolean).join(" "));
  name = known.find((text) => text !== "") ?? "a GPU that does not tell its name";
}

/** What is used of tfjs's backend besides its public face: its device, and where a tensor's values stand. */
interface WebGPUBackend {
  readonly device: { readonly lost: Promise<unknown> };
  readonly tensorMap: { get(dataId: object): { readonly values?: unknown } };
}

/** Has those who read from the GPU find out what cannot be read. */
function watchRunning(): void {
  const backend = tf.backend();
  const { device, tensorMap } = backend as unknown as WebGPUBackend;
  const isOnHost = (dataId: object) => tensorMap.get(dataId).values != null;
  let isLost = false;
  if (!watchDevice({ device: "WebGPU", isLost: () => isLost, isOnHost })) return;
  void device.lost.then(() => (isLost = true));
  forbidBlindReads(backend, isOnHost);
}

/**
 * A synchronous read goes by way of a canvas, which Node has not; and it finds zeros (tfjs 4.22.0) where another backend
 * runs by then and tfjs moves the tensor to that.
 */
function forbidBlindReads(backend: tf.KernelBackend, isOnHost: (dataId: object) => boolean): void {
  const readSync = backend.readSync.bind(backend);
  backend.readSync = (dataId) => {
    if (isOnHost(dataId) || (tf.backend() === backend && typeof OffscreenCanvas !== "undefined"))
      return readSync(dataId);
    const message =
      tf.backend() === backend
        ? "webgpu cannot read a tensor synchronously here. Use `await tensor.data()`."
        : "webgpu cannot hand a tensor over that stands only on the GPU. Before another backend is started, read it with " +
          "`await tensor.data()`: it is then on the host too.";
    throw new BackendError(message);
  };
}

/**
 * The GPU, through WebGPU's compute shaders.
 *
 * @param prepare makes `navigator.gpu` what it is on this platform
 */
export function webgpuBy(prepare: () => Promise<Gpu | undefined>, mend: string): Candidate {
  return {
    name: "webgpu",
    isExtra: true,
    mend,
    async register() {
      await expectAdapter(await prepare());
      await import("@tensorflow/tfjs-backend-webgpu");
      forgetIfLost("webgpu");
    },
    started: watchRunning,
    device: async () => ({ gpu: name }),
  };
}
