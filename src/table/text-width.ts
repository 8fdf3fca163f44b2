/** How wide what is printed may be. */
export const pageWidth = 80;

/** Breaks a text between words, so that each line fits; the lines after the first are indented by two. */
export function wrapLines(text: string, width = pageWidth): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(line === undefined ? word : `  ${word}`);
  }
  return lines.join("\n");
}

/** A text cut to a width, an ellipsis at its end where something is missing. */
export function cutTo(width: number, text: string): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

/** A text on one line, and nothing in it that a terminal obeys. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, " ");
}

/** `1 row`, `1,000 rows` */
export function countOf(count: number, what: string): string {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}
