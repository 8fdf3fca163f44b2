import { inject } from "vitest";
import type { Frame, TrainingEvent } from "../../examples/lab/training/messages.ts";
import type { TrainingTask } from "../../examples/lab/training/task.ts";
import { Trainer } from "../../examples/lab/training/trainer.ts";

const count = 12;
const x = Float32Array.from({ length: count }, (_, index) => (2 * index) / (count - 1) - 1);

/** A small task on this test's backend: twelve points of a parabola, three batches an epoch. */
export function parabola(changes: Partial<TrainingTask> = {}): TrainingTask {
  return {
    inputs: 1,
    training: { count, x, y: x.map((value) => value ** 2) },
    validation: { count: 2, x: Float32Array.of(-0.5, 0.5), y: Float32Array.of(0.25, 0.25) },
    hidden: [4, 3],
    activation: "tanh",
    loss: "meanSquaredError",
    optimizer: "sgd",
    learningRate: 0.1,
    momentum: 0.9,
    batchSize: 4,
    seed: 3,
    backend: inject("backend"),
    grid: Float32Array.of(-1, 0, 1),
    ...changes,
  };
}

/** A trainer and what it told, as the page hears it: each frame is drawn at once. */
export class HeardTrainer {
  readonly events: TrainingEvent[] = [];
  readonly trainer: Trainer;
  #turn = 0;
  #wake = (): void => {};

  constructor() {
    this.trainer = new Trainer((event) => {
      this.events.push(event);
      this.trainer.handle({ kind: "drawn" });
      this.#wake();
    });
  }

  open(task: TrainingTask, until = 0): void {
    this.trainer.handle({ kind: "open", turn: ++this.#turn, task, until });
  }

  run(until: number): void {
    this.trainer.handle({ kind: "run", turn: ++this.#turn, until });
  }

  /** What it tells in answer to the last command, from the first that a condition holds for. */
  async hear(isMeant: (event: TrainingEvent) => boolean): Promise<TrainingEvent> {
    for (;;) {
      const heard = this.events.find((event) => event.turn === this.#turn && isMeant(event));
      if (heard !== undefined) return heard;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** The frame in which it stands still, in answer to the last command. */
  async held(): Promise<Frame> {
    const event = await this.hear((told) => told.kind === "fault" || told.frame.isHeld);
    if (event.kind === "fault") throw new Error(event.fault.message);
    return event.frame;
  }

  /** What ended the run. */
  async fault() {
    const event = await this.hear(({ kind }) => kind === "fault");
    if (event.kind !== "fault") throw new Error("no fault was told");
    return event.fault;
  }
}
