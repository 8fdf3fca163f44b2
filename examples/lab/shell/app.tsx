import { pages } from "../pages.ts";
import { DebugCorner } from "./debug-corner.tsx";
import { chooseLanguage, language, languages, texts, type Language } from "./language.ts";
import { Notice } from "./notice.tsx";
import { addressOf, isAddressBroken, opened } from "./router.ts";
import { chooseTheme, theme, themes, type Theme } from "./theme.ts";

/** The frame around every page: name, navigation, language, theme, and what there is to say of the address. */
export function App() {
  const { shell } = texts.value;
  return (
    <>
      <a class="skip" href="#main" onClick={skipToMain}>
        {shell.skip}
      </a>
      <header class="masthead">
        <p class="wordmark">
          rivulet <span>{shell.subtitle}</span>
        </p>
        <Navigation />
        <div class="preferences">
          <LanguageChoice />
          <ThemeChoice />
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {isAddressBroken.value && (
          <Notice onDismiss={() => (isAddressBroken.value = false)}>{shell.brokenAddress}</Notice>
        )}
        <OpenPage />
      </main>
      <footer class="colophon">
        <p>{shell.colophon}</p>
        <DebugCorner />
      </footer>
    </>
  );
}

/** The address names the page: a jump to the main part must leave it alone. */
function skipToMain(event: MouseEvent): void {
  event.preventDefault();
  document.querySelector<HTMLElement>("#main")?.focus();
}

function Navigation() {
  const { shell } = texts.value;
  const current = opened.value?.page.id;
  return (
    <nav aria-label={shell.navigation}>
      {pages.map(({ id, title }) => (
        <a key={id} href={addressOf(id)} aria-current={id === current ? "page" : undefined}>
          {title(texts.value)}
        </a>
      ))}
    </nav>
  );
}

function OpenPage() {
  const { shell } = texts.value;
  if (opened.value === undefined) return <p class="waiting">{shell.loading}</p>;
  const { page, loaded } = opened.value;
  if (loaded === undefined) return <Notice>{shell.pageMissing(page.title(texts.value))}</Notice>;
  return <loaded.View key={page.id} />;
}

function LanguageChoice() {
  return (
    <label>
      <span class="unseen">{texts.value.shell.language}</span>
      <select
        value={language.value}
        onChange={(event) => void chooseLanguage(event.currentTarget.value as Language)}
        data-choice="language"
      >
        {Object.entries(languages).map(([code, { name }]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function ThemeChoice() {
  const { shell } = texts.value;
  return (
    <label>
      <span class="unseen">{shell.theme}</span>
      <select
        value={theme.value}
        onChange={(event) => chooseTheme(event.currentTarget.value as Theme)}
        data-choice="theme"
      >
        {themes.map((name) => (
          <option key={name} value={name}>
            {shell.themes[name]}
          </option>
        ))}
      </select>
    </label>
  );
}
