/** What the built-in problems are called, the one first that is compared where nobody chooses. The command starts with these alone. */
export const problemNames = ["sine", "ill-conditioned", "auto-mpg", "spirals"] as const;

/** What a built-in problem is called. */
export type ProblemName = (typeof problemNames)[number];
