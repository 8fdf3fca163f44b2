/** What is wrong with a formula, and where: `at` counts characters from 1. The texts make a sentence of it. */
export type FormulaProblem =
  | { readonly kind: "empty" }
  | { readonly kind: "tooLong"; readonly longest: number }
  /** One that has no meaning here. */
  | { readonly kind: "character"; readonly character: string; readonly at: number }
  /** Neither a variable nor a constant nor a function. */
  | { readonly kind: "name"; readonly name: string; readonly at: number }
  /** A function without its argument, or with more than one. */
  | { readonly kind: "argument"; readonly name: string; readonly at: number }
  /** Something is missing, or too much. */
  | { readonly kind: "syntax"; readonly at: number }
  /** Well formed, but neither arithmetic nor a function. */
  | { readonly kind: "notAllowed"; readonly part: string; readonly at: number }
  /** There is no x in it. */
  | { readonly kind: "constant" };

/** Carries a problem out of the depths of a formula; it is caught where the formula is read. */
export class FormulaError extends Error {
  static override readonly name: string = "FormulaError";
  readonly problem: FormulaProblem;

  constructor(problem: FormulaProblem) {
    super(`The formula has a problem: ${JSON.stringify(problem)}`);
    this.problem = problem;
  }
}
