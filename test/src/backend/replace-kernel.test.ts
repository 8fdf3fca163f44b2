import * as tf from "@tensorflow/tfjs-core";
import { expect, it, onTestFinished, vi } from "vitest";
import { replaceKernel } from "../../../src/backend/replace-kernel.ts";

it("replaces a kernel by a function made of its own one, once", () => {
  const own = vi.fn<() => tf.TensorInfo[]>(() => []);
  tf.registerKernel({ kernelName: "Mine", backendName: "none", kernelFunc: own });
  onTestFinished(() => tf.unregisterKernel("Mine", "none"));
  const calls: string[] = [];
  for (const name of ["first", "second"]) {
    replaceKernel("Mine", "none", (kernel) => (given) => {
      calls.push(name);
      return kernel(given);
    });
  }
  tf.getKernel("Mine", "none").kernelFunc({ inputs: {}, backend: {} });
  expect(calls).toEqual(["first"]);
  expect(own).toHaveBeenCalledOnce();
});

it("does nothing where a backend has no such kernel", () => {
  const make = vi.fn<() => never>();
  replaceKernel("Mine", "none", make);
  expect(make).not.toHaveBeenCalled();
});
