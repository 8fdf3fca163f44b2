/** Has a table sort its rows by a column when its heading is pressed, and the other way round when pressed again. */
export function makeSortable(table: HTMLTableElement): void {
  const headings = [...table.querySelectorAll<HTMLTableCellElement>("thead tr:last-child th")];
  for (const [column, heading] of headings.entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const isDown = heading.getAttribute("aria-sort") === "ascending";
      for (const other of headings) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", isDown ? "descending" : "ascending");
      sortRows(table, column, isDown ? -1 : 1);
    });
  }
}

/** Cells without a number come last, either way. */
function sortRows(table: HTMLTableElement, column: number, sign: number): void {
  const body = table.tBodies[0];
  const rows = [...(body?.rows ?? [])].map((row) => {
    const cell = row.cells[column];
    const text = cell?.dataset["value"];
    return { row, number: text === undefined ? NaN : Number(text), text: cell?.textContent ?? "" };
  });
  rows.sort((a, b) => {
    if (Number.isNaN(a.number) !== Number.isNaN(b.number)) return Number.isNaN(a.number) ? 1 : -1;
    return (
      sign * (Number.isNaN(a.number) ? a.text.localeCompare(b.text, "en", { numeric: true }) : a.number - b.number)
    );
  });
  body?.append(...rows.map(({ row }) => row));
}
