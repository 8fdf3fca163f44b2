/** A page in which one backend is measured. Bundled and opened by pages.ts. */
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { StepTimes, type Question } from "./step-times.ts";

setWasmPaths("/wasm/");
const times = new StepTimes();
globalThis.answer = async (question) => times.answer(question as Question);
