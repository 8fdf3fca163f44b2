/** A page in which steps are measured on one backend. Bundled and opened by pages.ts. */
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { measureSteps, type StepQuestion } from "./step-measures.ts";

setWasmPaths("/wasm/");
globalThis.answer = async (question) => measureSteps(question as StepQuestion);
