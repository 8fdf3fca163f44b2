/** The page's style sheet. */
export const styles = "body { font-family: serif; }";
