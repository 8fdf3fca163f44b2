import * as tf from "@tensorflow/tfjs-core";
import { DeviceLostError } from "../errors.ts";

/** What there is to know of a device that can go away while a backend runs on it. */
export interface DeviceWatch {
  /** What people call the device, `"WebGL"`. */
  readonly device: string;
  readonly isLost: () => boolean;
  /** Whether a tensor's values also stand on the host, where no loss reaches them. */
  readonly isOnHost: (dataId: object) => boolean;
}

/** By backend, also those that were forgotten since: tensors may still stand there. */
const watches = new WeakMap<tf.KernelBackend, DeviceWatch>();

/**
 * Makes a read from the running backend an error once its device is lost. By itself tfjs 4.22.0 then reads zeros, or waits
 * for ever.
 *
 * @returns whether this backend was not watched yet
 */
export function watchDevice(watch: DeviceWatch): boolean {
  const backend = tf.backend();
  if (watches.has(backend)) return false;
  watches.set(backend, watch);
  const read = backend.read.bind(backend);
  const readSync = backend.readSync.bind(backend);
  const expectValues = (isSafe: boolean) => {
    if (!isSafe && watch.isLost()) throw new DeviceLostError(`${lossOf(watch.device)} ${mend}`, watch.device);
  };
  backend.read = async (dataId) => {
    const isSafe = watch.isOnHost(dataId);
    expectValues(isSafe);
    try {
      return await read(dataId);
    } finally {
      // It may have gone while this waited. Thrown here, it also stands for an error that came of the loss.
      expectValues(isSafe);
    }
  };
  backend.readSync = (dataId) => {
    expectValues(watch.isOnHost(dataId));
    return readSync(dataId);
  };
  return true;
}

const mend = "Call `await useBackend()` again for one that runs, and make anew the tensors that stood on it.";

/** What happened, as a sentence. */
export function lossOf(device: string): string {
  return `${device} was lost: the browser or the driver took the GPU away, and what stood there is gone.`;
}

/** Whether the running backend computes on a device that can go away. */
export function canLoseDevice(): boolean {
  return watches.has(tf.backend());
}

/** What the running backend's device is called, if it was lost; undefined while it is there. */
export function lostDevice(): string | undefined {
  const watch = watches.get(tf.backend());
  return watch?.isLost() === true ? watch.device : undefined;
}

/**
 * Whether the running backend computed on a GPU that went away: the browser or the driver took it, and what stood there is
 * gone. Nothing can be computed until `await useBackend()` starts one that runs. False where no backend runs.
 */
export function isDeviceLost(): boolean {
  // tfjs starts what it knows of where none runs, and throws where it knows none.
  return Boolean(tf.getBackend()) && lostDevice() !== undefined;
}

/** Has tfjs forget a backend whose device was lost, so that it starts anew. */
export function forgetIfLost(name: string): void {
  const backend = tf.engine().registry[name];
  if (backend === undefined || watches.get(backend)?.isLost() !== true) return;
  const factory = tf.findBackendFactory(name);
  tf.removeBackend(name);
  tf.registerBackend(name, factory);
}
