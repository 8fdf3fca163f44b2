import { expectHyperparameter, expectOptions } from "../hyperparameter.ts";
import type { Logs } from "../history.ts";
import type { Callback, TrainingRun } from "./callback.ts";

/** A file's path, in Node; or a function that is given each line, without its end. Awaited. */
export type CSVLogTarget = string | ((line: string) => unknown);

/** Whether a log goes on. */
export interface CSVLoggerOptions {
  /**
   * Whether what is there stays, with this run's lines after it and no second header. A file must have the same columns;
   * one that is empty, or not there, is begun. A function is given no header. Default false: a file is begun anew.
   */
  readonly append?: boolean;
}

/**
 * Writes the course of a run as comma-separated values, a line an epoch, each as its epoch ends:
 *
 *     new CSVLogger("training.csv")
 *
 *     epoch,loss,mae,val_loss,val_mae
 *     0,0.31,0.44,0.29,0.42
 *
 * As Keras's CSVLogger, but for these: the columns stand in the order of the logs (Keras sorts them); numbers are written
 * as JavaScript does, the shortest that read back to the same float, `NaN` and `Infinity` among them (Keras: `nan`, `inf`);
 * lines end in `\n`. Epochs count from 0 in each fit, as in the history, also where lines are appended. A name with a
 * comma, a quotation mark or a line's end is quoted (RFC 4180).
 *
 * A file holds every epoch that has ended, whatever ends the run: only where the whole machine stops may the last ones be
 * lost.
 */
export class CSVLogger implements Callback {
  static readonly name: string = "CSVLogger";

  readonly #target: CSVLogTarget;
  readonly #append: boolean;
  #measured: readonly string[] = [];
  #add: (line: string) => unknown = () => {};

  /** @throws HyperparameterError for a target or options that make no sense */
  constructor(target: CSVLogTarget, options: CSVLoggerOptions = {}) {
    const isTarget = typeof target === "function" || (typeof target === "string" && target !== "");
    const expected = "a file's path or a function of a line";
    expectHyperparameter(isTarget, "CSVLogger", "target", expected, target);
    const isPath = typeof target === "function" || !target.includes("://");
    expectHyperparameter(isPath, "CSVLogger", "target", expected, target, "A path is no URL: leave file:// out.");
    expectOptions("CSVLogger", options, ["append"]);
    const { append = false } = options;
    expectHyperparameter(typeof append === "boolean", "CSVLogger", "append", "true or false", append);
    this.#target = target;
    this.#append = append;
  }

  /** @throws HyperparameterError for a file that cannot be written, or has other columns; and in a page, for any file */
  async onTrainBegin({ measured }: TrainingRun): Promise<void> {
    this.#measured = measured;
    this.#add = await this.#begin(lineOf(["epoch", ...measured]));
  }

  async onEpochEnd(epoch: number, logs: Logs): Promise<void> {
    await this.#add(lineOf([epoch, ...this.#measured.map((name) => logs[name] as number)]));
  }

  /** @returns what adds a line */
  async #begin(header: string): Promise<(line: string) => unknown> {
    if (typeof this.#target === "function") {
      if (!this.#append) await this.#target(header);
      return this.#target;
    }
    // Loaded only where it is wanted: files are Node's.
    const { openCsv } = await import("#files");
    return openCsv("CSVLogger", this.#target, header, this.#append);
  }
}

function lineOf(cells: readonly (string | number)[]): string {
  return cells.map((cell) => quoted(String(cell))).join(",");
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
