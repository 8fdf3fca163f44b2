/** A process or a page that answers questions, plain data both, one at a time. */
export interface Place<Question> {
  ask(question: Question): Promise<unknown>;
  close(): Promise<void>;
}
