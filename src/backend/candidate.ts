/** A backend that can be tried on this platform. */
export interface Candidate {
  /** tfjs's name for it. */
  readonly name: BackendName;
  /** Whether `"auto"` tries it, in the order of the list. */
  readonly isAutomatic: boolean;
  /** Imports and registers it, no more. Rejects with the reason why it cannot. */
  readonly register: () => Promise<void>;
  /** Puts right what starting it did to the process. */
  readonly started?: () => void;
  /** How many threads compute, once it runs. */
  readonly threads: () => Promise<number>;
  /** What to do where it does not start. */
  readonly mend: string;
}

export type BackendName = "tensorflow" | "webgl" | "webgpu" | "wasm" | "cpu";
