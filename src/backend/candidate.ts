/** A backend that can be tried on this platform. */
export interface Candidate {
  /** tfjs's name for it. */
  readonly name: BackendName;
  /** Imports and registers it, no more. Rejects with the reason why it cannot. */
  readonly register: () => Promise<void>;
  /** Puts right what starting it did to the process. */
  readonly started?: () => void;
  /** How many threads compute, once it runs. */
  readonly threads: () => Promise<number>;
  /** What to do where it does not start. */
  readonly mend: string;
}

/** tfjs's names of the backends that rivulet knows, on any platform. */
export type BackendName = "tensorflow" | "webgl" | "webgpu" | "wasm" | "cpu";
