/** Has this process answer the questions of the one that started it. */
export function answerParent(answer: (question: unknown) => Promise<unknown>): void {
  process.on("message", (question: unknown) => {
    answer(question).then(
      (answered) => process.send?.({ answer: answered }),
      (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
    );
  });
}
