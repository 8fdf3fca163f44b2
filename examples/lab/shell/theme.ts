import { signal } from "@preact/signals";

export const themes = ["auto", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const key = "rivulet-lab-theme";
const darkSystem = matchMedia("(prefers-color-scheme: dark)");

function storedTheme(): Theme {
  const stored = localStorage.getItem(key);
  return themes.find((theme) => theme === stored) ?? "auto";
}

/** Light, dark, or whatever the system has. It is the reader's own: a shared link does not carry it. */
export const theme = signal<Theme>(storedTheme());

/** Goes up whenever colours change: what is drawn on a canvas reads it, and draws anew. */
export const colourChanges = signal(0);

darkSystem.addEventListener("change", () => colourChanges.value++);

/** Puts it on the page. The styles know what is light and what is dark. */
export function applyTheme(): void {
  document.documentElement.dataset["theme"] = theme.value;
  colourChanges.value++;
}

export function chooseTheme(chosen: Theme): void {
  localStorage.setItem(key, chosen);
  theme.value = chosen;
  applyTheme();
}
