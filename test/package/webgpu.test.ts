import { describe, expect, it } from "vitest";
import { softwareVulkan } from "../support/chromium.ts";
import { runWell } from "../support/run.ts";

const program = `
import { Sequential, useBackend } from "rivulet";
import { Dense } from "rivulet/layers";
import { SGD } from "rivulet/optimizers";
const { name, gpu } = await useBackend("webgpu");
const model = new Sequential([new Dense({ units: 4, activation: "sigmoid" })], { inputShape: [1], seed: 42 });
const x = Array.from({ length: 8 }, (_, index) => [index / 8]);
const options = { loss: "meanSquaredError", optimizer: new SGD({ momentum: 0.9 }), epochs: 2, verbose: 0 };
const { history } = await model.fit(x, x.map(([value]) => [value, 0, 1, value]), options);
let reason = "";
try { model.predict([[1]]).dataSync(); } catch (error) { reason = error.message; }
console.log(JSON.stringify({ name, gpu, loss: history.loss, reason }));
`;

describe("webgpu in Node, by the package of that name", () => {
  it("trains, and says that it reads asynchronously only", async () => {
    // On the driver in software that Chromium brings along: a test machine has no GPU.
    const settings = Object.entries(softwareVulkan() ?? {}).map(([name, value]) => `${name}=${value}`);
    const parameters = [...settings, process.execPath, "--input-type=module", "--eval", program];
    const outcome = JSON.parse(await runWell("env", parameters)) as { gpu: string; loss: number[]; reason: string };
    expect(outcome).toMatchObject({ name: "webgpu" });
    expect(outcome.gpu).toMatch(/SwiftShader/);
    expect(outcome.loss[1]).toBeLessThan(outcome.loss[0] as number);
    expect(outcome.reason).toBe("webgpu cannot read a tensor synchronously here. Use `await tensor.data()`.");
  });
});
