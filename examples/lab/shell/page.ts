import type { ReadonlySignal } from "@preact/signals";
import type { ComponentType } from "preact";
import type { Texts } from "../texts/en.ts";
import type { Fields } from "./address.ts";
import type { Written } from "./page-state.ts";

/** A page once its code is there. */
export interface LoadedPage {
  /** A `PageState`, of whatever the page's state is. */
  readonly state: {
    readonly written: ReadonlySignal<Written>;
    open(fields: Fields | undefined): boolean;
  };
  readonly View: ComponentType;
  /** Fetches what the page may want later, so that it is there also when the network has gone. */
  readonly prefetch?: () => Promise<unknown>;
}

/** A page as the list of pages has it. */
export interface Page {
  /** Its name in the address. */
  readonly id: string;
  readonly title: (texts: Texts) => string;
  /** Its code, fetched when it is first opened. */
  readonly load: () => Promise<LoadedPage>;
}
