/** A page in which one backend is measured. Bundled and opened by backends-in-chromium.ts. */
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { StepTimes } from "./step-times.ts";

declare global {
  /** Of the page that backends-page.ts makes. */
  var stepTimes: StepTimes;
}

setWasmPaths("/wasm/");
globalThis.stepTimes = new StepTimes();
