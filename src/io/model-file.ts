import { ModelFileError } from "../errors.ts";
import { quote } from "../quote.ts";

/** What an error about a model file says besides what is wrong. */
export interface FileFault {
  /** Where in it: `"modelTopology.config.layers[1]"`. */
  readonly where?: string;
  /** A sentence that says what to change. */
  readonly mend?: string;
  readonly cause?: unknown;
}

/** A model file by name, and what is being done with it: all that an error about it has to say. */
export class ModelFile {
  /** The URL that was given, or `"the IOHandler"`. */
  readonly name: string;
  readonly #action: string;

  private constructor(name: string, action: string) {
    this.name = name;
    this.#action = action;
  }

  /** The target of a save. */
  static toSave(name: string): ModelFile {
    return new ModelFile(name, "save to");
  }

  /** The source of a load. */
  static toLoad(name: string): ModelFile {
    return new ModelFile(name, "load");
  }

  /** `Cannot load file://model: <problem>. <mend>` */
  error(problem: string, { where = "", mend = "", cause }: FileFault = {}): ModelFileError {
    const message = `Cannot ${this.#action} ${this.name}: ${problem}.${mend === "" ? "" : ` ${mend}`}`;
    return new ModelFileError(message, this.name, where, cause === undefined ? {} : { cause });
  }

  /** @throws ModelFileError `Cannot load file://model: <where> must be <expected>, got <value>. <mend>` */
  expect(valid: boolean, where: string, expected: string, value: unknown, mend = ""): asserts valid {
    if (!valid) throw this.error(`${where} must be ${expected}, got ${quote(value)}`, { where, mend });
  }

  /** What another error says, as one about this file; one about a file stays as it is. */
  wrap(cause: unknown, { where = "", mend = "" }: FileFault = {}): ModelFileError {
    if (cause instanceof ModelFileError) return cause;
    const text = (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, "");
    return this.error(where === "" ? text : `${where}: ${text}`, { where, mend, cause });
  }
}
