import { DataError } from "../errors.ts";
import { ColumnBuilder, type Column } from "./column.ts";
import { isMissing } from "./cell.ts";
import { readFileRows, type FileRowsOptions } from "./file-rows.ts";
import { expectWholeRow, headerOf, selectColumns, type Header, type Selection } from "./header.ts";

/** What a file holds: the rows that have a target. */
export interface Table {
  readonly path: string;
  readonly delimiter: string;
  readonly header: Header;
  readonly rows: number;
  /** Rows of the file that lack a target. */
  readonly withoutTarget: number;
  readonly target: Column;
  /** The other columns, in the file's order. */
  readonly inputs: readonly Column[];
  /** The names of those that were not asked for. */
  readonly ignored: readonly string[];
}

/** What to read. */
export interface TableOptions extends FileRowsOptions {
  /** The column to predict. */
  readonly target: string | undefined;
  /** Columns to leave out: names, or several of them with commas between. */
  readonly ignore?: readonly string[];
}

/**
 * Reads a CSV file into columns, in one go: numbers are packed as they come, and no text is kept but the categories.
 *
 * @throws HyperparameterError, UnknownNameError for a column that cannot be chosen so; DataError, with the line, for a row
 * that has not as many cells as the header, or for a file without header, rows or targets
 */
export async function readTable(path: string, options: TableOptions): Promise<Table> {
  const { target, ignore } = options;
  let table: TableBuilder | undefined;
  const onRow = (cells: readonly string[], line: number) => {
    if (table !== undefined) {
      table.push(cells, line);
      return;
    }
    const header = headerOf(cells);
    table = new TableBuilder(path, header, selectColumns(path, header, target, ignore));
  };
  const delimiter = await readFileRows(path, options, onRow);
  if (table === undefined) throw new DataError(`${path} is empty. Its first line must name the columns.`);
  return table.finish(delimiter);
}

class TableBuilder {
  readonly #path: string;
  readonly #header: Header;
  readonly #target: ColumnBuilder;
  readonly #targetAt: number;
  readonly #inputs: readonly { readonly at: number; readonly builder: ColumnBuilder }[];
  readonly #ignored: readonly string[];
  #rows = 0;
  #withoutTarget = 0;

  constructor(path: string, header: Header, { target, inputs, ignored }: Selection) {
    const nameOf = (at: number) => header.names[at] ?? "";
    this.#path = path;
    this.#header = header;
    this.#target = new ColumnBuilder(nameOf(target));
    this.#targetAt = target;
    this.#inputs = inputs.map((at) => ({ at, builder: new ColumnBuilder(nameOf(at)) }));
    this.#ignored = ignored.map(nameOf);
  }

  push(cells: readonly string[], line: number): void {
    expectWholeRow(this.#path, this.#header, cells, line);
    const target = cells[this.#targetAt] ?? "";
    if (isMissing(target.trim())) {
      this.#withoutTarget++;
      return;
    }
    this.#rows++;
    this.#target.push(target, line);
    for (const { at, builder } of this.#inputs) builder.push(cells[at] ?? "", line);
  }

  finish(delimiter: string): Table {
    if (this.#rows === 0) {
      const reason =
        this.#withoutTarget === 0 ? "a header and no rows" : `no row with a target: all ${this.#withoutTarget} lack it`;
      throw new DataError(`${this.#path} has ${reason}.`);
    }
    return {
      path: this.#path,
      delimiter,
      header: this.#header,
      rows: this.#rows,
      withoutTarget: this.#withoutTarget,
      target: this.#target.finish(),
      inputs: this.#inputs.map(({ builder }) => builder.finish()),
      ignored: this.#ignored,
    };
  }
}
