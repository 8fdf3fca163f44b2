import { Pause, type TrainingRun } from "rivulet";
import { SGD } from "rivulet/optimizers";
import { describe, expect, it } from "vitest";
import { curve, smallModel, weightsOf } from "../../support/models.ts";

const { x, y } = curve(16);

/** Two epochs of four steps. */
const options = () =>
  ({ loss: "meanSquaredError", verbose: 0, optimizer: new SGD(), batchSize: 4, epochs: 2 }) as const;

/** Many turns of the event loop, in which a run that is not held would have gone on. */
const aWhile = async () => new Promise((resolve) => setTimeout(resolve, 50));

describe("Pause", () => {
  it("holds a run between two steps, and the run then ends as if it had not been held", async () => {
    using model = smallModel();
    using other = smallModel();
    const pause = new Pause();
    const pauseAfterTwo = { onBatchEnd: (batch: number) => void (batch === 1 && pause.pause()) };
    const training = model.fit(x, y, { ...options(), callbacks: [pause, pauseAfterTwo] });
    let isEnded = false;
    void training.then(() => (isEnded = true));
    while (!pause.isPaused) await aWhile();
    await aWhile();
    expect(model.stepsTaken).toBe(2);
    expect(isEnded).toBe(false);
    pause.resume();
    while (!pause.isPaused) await aWhile();
    expect(model.stepsTaken).toBe(6);
    pause.resume();
    await training;
    await other.fit(x, y, options());
    expect(await weightsOf(model)).toEqual(await weightsOf(other));
  });

  it("lets the run's stop end the run that it holds, after one step more", async () => {
    using model = smallModel();
    const pause = new Pause();
    pause.pause();
    let run: TrainingRun | undefined;
    const watch = { onTrainBegin: (begun: TrainingRun) => void (run = begun) };
    const training = model.fit(x, y, { ...options(), callbacks: [pause, watch] });
    await aWhile();
    expect(model.stepsTaken).toBe(0);
    run?.stop();
    expect((await training).epoch).toEqual([0]);
    expect(model.stepsTaken).toBe(1);
    expect(pause.isPaused).toBe(true);
  });

  it("lets a signal end the run that it holds", async () => {
    using model = smallModel();
    const controller = new AbortController();
    const pause = new Pause();
    pause.pause();
    const training = model.fit(x, y, { ...options(), callbacks: [pause], signal: controller.signal });
    await aWhile();
    controller.abort();
    await expect(training).rejects.toThrow("fit was aborted after 0 of 2 epochs.");
    expect(model.stepsTaken).toBe(0);
  });

  it("holds no run that another callback has aborted", async () => {
    using model = smallModel();
    const controller = new AbortController();
    const pause = new Pause();
    pause.pause();
    const abort = { onBatchBegin: () => controller.abort() };
    const training = model.fit(x, y, { ...options(), callbacks: [abort, pause], signal: controller.signal });
    await expect(training).rejects.toThrow("fit was aborted after 0 of 2 epochs.");
  });
});
