/** A process of Node in which one backend is measured. Started by processes.ts. */
import { answerParent } from "./answers.ts";
import { StepTimes, type Question } from "./step-times.ts";

const times = new StepTimes();
answerParent(async (question) => times.answer(question as Question));
