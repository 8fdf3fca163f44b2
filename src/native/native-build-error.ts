import { RivuletError } from "../errors.ts";

/** The native binding could not be built. What was there before is there again. */
export class NativeBuildError extends RivuletError {
  static override readonly name: string = "NativeBuildError";

  constructor(
    message: string,
    /** What was being done. */
    readonly step: "requirements" | "wheel" | "sources" | "compilation" | "verification",
    options?: ErrorOptions,
  ) {
    super(message);
    if (options !== undefined && "cause" in options) this.cause = options.cause;
  }
}
