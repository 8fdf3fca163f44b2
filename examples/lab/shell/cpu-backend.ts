import { useBackend } from "rivulet";

let started: Promise<unknown> | undefined;

/** Starts tfjs's plain JavaScript backend here, on the page's own thread: for pages whose numbers are few. */
export async function startCpuBackend(): Promise<void> {
  started ??= useBackend("cpu");
  await started;
}
