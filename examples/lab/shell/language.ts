import { signal } from "@preact/signals";
import { en, type Texts } from "../texts/en.ts";

/** The languages there are, each in its own name, and its texts. */
export const languages = {
  en: { name: "English", load: async () => en },
  zh: { name: "中文", load: async () => (await import("../texts/zh.ts")).zh },
} as const satisfies Record<string, { readonly name: string; readonly load: () => Promise<Texts> }>;

export type Language = keyof typeof languages;

const key = "rivulet-lab-language";

/** The language that is shown. */
export const language = signal<Language>("en");

/** Whether somebody chose it, so that a shared link carries it along. */
export const isLanguageChosen = signal(false);

/** Everything that is shown, in that language. */
export const texts = signal<Texts>(en);

export function isLanguage(code: string | null | undefined): code is Language {
  return code != null && Object.hasOwn(languages, code);
}

/** What to start with: what was chosen here before, else the browser's. */
export function preferredLanguage(): Language {
  const stored = localStorage.getItem(key);
  if (isLanguage(stored)) return stored;
  const codes = navigator.languages.map((code) => code.split("-")[0]);
  return codes.find(isLanguage) ?? "en";
}

/** Shows another language. */
export async function showLanguage(code: Language): Promise<void> {
  const loaded = await languages[code].load();
  texts.value = loaded;
  language.value = code;
  document.documentElement.lang = code === "zh" ? "zh-Hans" : code;
}

/** As `showLanguage`, and remembers it for the next visit. */
export async function chooseLanguage(code: Language): Promise<void> {
  localStorage.setItem(key, code);
  isLanguageChosen.value = true;
  await showLanguage(code);
}
