import { effect, signal } from "@preact/signals";
import { pages } from "../pages.ts";
import { dropPendingAddress, flushAddress, writeAddress } from "./address-bar.ts";
import { formatAddress, parseAddress, type Fields } from "./address.ts";
import { isLanguage, isLanguageChosen, language, showLanguage } from "./language.ts";
import type { LoadedPage, Page } from "./page.ts";

/** What stands in the page's place. */
export type Opened =
  | { readonly page: Page; readonly loaded: LoadedPage }
  /** Its code could not be fetched. */
  | { readonly page: Page; readonly loaded: undefined };

/** What is open; undefined until the first page has loaded. */
export const opened = signal<Opened | undefined>();

/** Whether the address could not be read, and a new page was opened in its place. */
export const isAddressBroken = signal(false);

/** Where each page stands, for the navigation: whoever comes back finds it as it was. */
const lastFields = signal<Readonly<Record<string, Fields>>>({});

/** The address of a page as it stands. */
export function addressOf(id: string, fields: Fields | undefined = lastFields.value[id]): string {
  const spoken = isLanguageChosen.value ? { lang: language.value } : {};
  return formatAddress({ page: id, fields: { ...fields, ...spoken } });
}

let latest = 0;

/** Opens what the address names. */
async function follow(): Promise<void> {
  const turn = ++latest;
  dropPendingAddress();
  const { page: id, fields } = parseAddress(location.hash);
  const named = pages.find((page) => page.id === id);
  const page = named ?? pages[0];
  if (page === undefined) return;
  const { lang, ...own } = fields ?? {};
  if (isLanguage(lang)) {
    isLanguageChosen.value = true;
    await showLanguage(lang);
  }
  const loaded = await page.load().catch(() => undefined);
  if (turn !== latest) return;
  const isKnown = (named !== undefined || id === "") && (lang === undefined || isLanguage(lang));
  const isSound = loaded?.state.open(isKnown && fields !== undefined ? own : undefined) ?? true;
  isAddressBroken.value = !isSound;
  opened.value = { page, loaded };
}

/** Follows the address, and has it follow the open page's state. */
export async function startRouter(): Promise<void> {
  addEventListener("hashchange", () => void follow());
  addEventListener("pagehide", flushAddress);
  effect(() => {
    if (opened.value?.loaded === undefined) return;
    const { page, loaded } = opened.value;
    const { fields, way } = loaded.state.written.value;
    lastFields.value = { ...lastFields.peek(), [page.id]: fields };
    writeAddress(addressOf(page.id, fields), way);
  });
  await follow();
}
