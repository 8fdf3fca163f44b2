import { computed, signal, type ReadonlySignal } from "@preact/signals";
import * as z from "zod/mini";
import type { Fields } from "./address.ts";

/** What a change of the state does to the way back: a new place on it, or none. */
export type Way = "push" | "replace";

/** A state and how it came about. */
export interface Written {
  readonly fields: Fields;
  readonly way: Way;
}

/**
 * The whole state of a page, one signal, and how it is written in the address.
 *
 *     export const state = new PageState(z.strictObject({ rate: numberField(1e-4, 10) }), () => ({ rate: 0.1 }));
 *     state.value.rate;                                  // in a component: drawn anew when it changes
 *     state.change({ rate: 0.2 });
 */
export class PageState<State extends object> {
  readonly #schema: z.ZodMiniType<State, Record<string, string>>;
  readonly #defaults: (fields: Fields) => State;
  readonly #current = signal<{ readonly state: State; readonly way: Way }>();
  /** The fields as the address should have them. */
  readonly written: ReadonlySignal<Written>;

  /**
   * @param schema each field from a string, of `fields.ts`; strict, so that a field that nobody knows is found
   * @param defaults the state of a new page, which fills in fields that an address leaves out; it may depend on the others
   */
  constructor(schema: z.ZodMiniType<State, Record<string, string>>, defaults: (fields: Fields) => State) {
    this.#schema = schema;
    this.#defaults = defaults;
    this.written = computed(() => {
      const { state, way } = this.#present;
      return { fields: z.encode(this.#schema, state), way };
    });
  }

  get #present(): { readonly state: State; readonly way: Way } {
    return this.#current.value ?? { state: this.#defaults({}), way: "replace" };
  }

  get value(): State {
    return this.#present.state;
  }

  /** Changes some of it. @param way "push" for what the browser's back button should undo */
  change(changes: Partial<State>, way: Way = "replace"): void {
    this.#current.value = { state: { ...(this.#current.peek()?.state ?? this.#defaults({})), ...changes }, way };
  }

  /** Takes the state from an address. @returns whether it could: else the page stands as new */
  open(fields: Fields | undefined): boolean {
    const opened = fields === undefined ? undefined : this.#read(fields);
    this.#current.value = { state: opened ?? this.#defaults({}), way: "replace" };
    return opened !== undefined;
  }

  #read(fields: Fields): State | undefined {
    const parsed = z.safeParse(this.#schema, { ...z.encode(this.#schema, this.#defaults(fields)), ...fields });
    return parsed.success ? parsed.data : undefined;
  }
}
