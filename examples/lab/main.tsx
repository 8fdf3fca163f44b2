/** The descent lab: gradient descent that one can see and touch. `npm run demo` serves it. */
import { effect } from "@preact/signals";
import { render } from "preact";
import { App } from "./shell/app.tsx";
import { preferredLanguage, showLanguage, texts } from "./shell/language.ts";
import { prefetchAll } from "./shell/prefetch.ts";
import { opened, startRouter } from "./shell/router.ts";
import { applyTheme } from "./shell/theme.ts";
import "./styles/tokens.css";
import "./styles/frame.css";
import "./styles/controls.css";
import "./styles/charts.css";
import "./styles/content.css";

applyTheme();
await showLanguage(preferredLanguage());
effect(() => {
  const page = opened.value?.page.title(texts.value);
  const { name } = texts.value.shell;
  document.title = page === undefined ? name : `${page} · ${name}`;
});
const place = document.querySelector("#lab");
if (place === null) throw new Error("index.html has no element #lab to draw the lab in.");
render(<App />, place);
await startRouter();
prefetchAll();
