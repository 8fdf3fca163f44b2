import type { Candidate } from "./candidate.ts";
import { speedUpProducts } from "./cpu-products.ts";
import { speedUpSumsOfRows } from "./cpu-sums.ts";

/** Plain JavaScript, on the thread that calls: in Node and in a page. */
export const cpu: Candidate = {
  name: "cpu",
  mend: "Install @tensorflow/tfjs-backend-cpu@4.22.0 anew: rivulet depends on it.",
  async register() {
    await import("@tensorflow/tfjs-backend-cpu");
  },
  started() {
    speedUpProducts();
    speedUpSumsOfRows();
  },
  device: async () => ({ threads: 1 }),
};
