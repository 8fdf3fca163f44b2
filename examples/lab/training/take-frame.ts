import * as tf from "@tensorflow/tfjs-core";
import type { BackendReport, Sequential } from "rivulet";
import type { Course } from "./course.ts";
import { lookAt } from "./look.ts";
import type { Frame } from "./messages.ts";
import type { Speed } from "./speed.ts";
import { dataOf, type TrainingTask } from "./task.ts";

/** What a picture is taken of. */
interface Sitter {
  readonly task: TrainingTask;
  readonly model: Sequential;
  readonly report: BackendReport;
  readonly course: Course;
  readonly speed: Speed;
}

/**
 * The training at this moment, as the page shows it.
 *
 * @param isMeasured whether the loss at the weights as they stand is wanted; asked once the network has been looked at
 * @throws DeviceLostError
 */
export async function takeFrame(
  { task, model, report, course, speed }: Sitter,
  isMeasured: () => boolean,
): Promise<Omit<Frame, "isHeld">> {
  const { inputs, training, loss, hidden } = task;
  const { name, gpu, threads, precision, tried } = report;
  const tensors = tf.memory().numTensors;
  const step = model.stepsTaken;
  const { steps, ...measured } = course.now;
  const outputs = await lookAt(model, task);
  const now = isMeasured() ? await model.evaluate(...dataOf(training, inputs), { loss }) : undefined;
  const failed = tried.filter(({ ok }) => !ok).map((attempt) => ({ name: attempt.name, reason: attempt.reason }));
  return {
    step,
    ...measured,
    lossNow: now?.["loss"],
    outputs,
    columns: hidden.reduce((sum, units) => sum + units, 1),
    stepsPerSecond: speed.perSecond,
    running: { name, gpu, threads, precision, failed, steps },
    tensors,
  };
}
