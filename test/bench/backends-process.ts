/** A process of Node in which one backend is measured. Started by backends-in-node.ts. */
import { StepTimes, type Question } from "./step-times.ts";

const times = new StepTimes();

process.on("message", (question: Question) => {
  times.answer(question).then(
    (answer) => process.send?.({ answer }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  );
});
