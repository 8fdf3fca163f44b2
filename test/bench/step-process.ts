/** A process of Node in which steps are measured on one backend. Started by processes.ts. */
import { answerParent } from "./answers.ts";
import { measureSteps, type StepQuestion } from "./step-measures.ts";

answerParent(async (question) => measureSteps(question as StepQuestion));
