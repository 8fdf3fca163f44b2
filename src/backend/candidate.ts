/** A backend that can be tried on this platform. */
export interface Candidate {
  /** tfjs's name for it. */
  readonly name: BackendName;
  /** Whether it starts only where it is asked for by name: `"auto"` leaves optional extras alone. */
  readonly isExtra?: boolean;
  /** Imports and registers it, no more. Rejects with the reason why it cannot. */
  readonly register: () => Promise<void>;
  /** Called when it runs. */
  readonly started?: () => void;
  /** Puts right what trying it did to the process, whether it started or not. */
  readonly tried?: () => void;
  /** What computes, once it runs. */
  readonly device: () => Promise<Device>;
  /** What to do where it does not start. */
  readonly mend: string;
}

/** What computes: this many threads of the processor, or a GPU of this name. */
export interface Device {
  readonly threads?: number;
  readonly gpu?: string;
}

/** tfjs's names of the backends that rivulet knows, on any platform. */
export type BackendName = "tensorflow" | "webgl" | "webgpu" | "wasm" | "cpu";
