import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type Route } from "playwright";
import { build } from "vite";
import { chromiumLaunchOptions } from "../support/chromium.ts";
import type { Place } from "./place.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
declare global {
  /** Of a page. */
  var answer: (question: unknown) => Promise<unknown>;
}

const wasmFolder = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"));

/** Nothing listens there: what the page asks for is answered from memory. To a browser localhost is as good as https. */
const origin = "http://localhost";

const html = `<!doctype html><title>rivulet</title><script type="module" src="/page.js"></script>`;

/** The page's code by path, bundled and minified as an application would ship it. */
async function bundle(entry: string): Promise<ReadonlyMap<string, string>> {
  const alias = {
    "rivulet/layers": at("../../dist/layers/index.js"),
    "rivulet/optimizers": at("../../dist/optimizers/index.js"),
    rivulet: at("../../dist/src/index.js"),
  };
  const rolldownOptions = { input: at(entry), output: { entryFileNames: "page.js" } };
  const options = { write: false, modulePreload: false as const, rolldownOptions };
  const built = await build({ configFile: false, logLevel: "error", resolve: { alias }, build: options });
  const files = [built].flat().flatMap((each) => ("output" in each ? each.output : []));
  return new Map(files.map((file) => [`/${file.fileName}`, file.type === "chunk" ? file.code : String(file.source)]));
}

async function serve(route: Route, code: ReadonlyMap<string, string>): Promise<void> {
  const { pathname } = new URL(route.request().url());
  const script = code.get(pathname);
  if (pathname === "/") await route.fulfill({ contentType: "text/html", body: html });
  else if (script !== undefined) await route.fulfill({ contentType: "text/javascript", body: script });
  else if (pathname.startsWith("/wasm/")) await route.fulfill({ path: join(wasmFolder, basename(pathname)) });
  else await route.fulfill({ status: 404, body: "" });
}

/** A Chromium, and pages in it. */
export class Pages<Question> {
  readonly #browser: Browser;
  readonly #code: ReadonlyMap<string, string>;

  private constructor(browser: Browser, code: ReadonlyMap<string, string>) {
    this.#browser = browser;
    this.#code = code;
  }

  /**
   * @param entry what a page runs, beside this file; it leaves `answer` for the questions
   * @throws Error if there is no Chromium, or it does not start
   */
  static async launch<Question>(entry: string): Promise<Pages<Question>> {
    const code = await bundle(entry);
    return new Pages<Question>(await chromium.launch(chromiumLaunchOptions()), code);
  }

  get version(): string {
    return this.#browser.version();
  }

  /** A page in a context of its own, and so in a process of its own. */
  async open(): Promise<Place<Question>> {
    const context = await this.#browser.newContext();
    await context.route(`${origin}/**`, async (route) => serve(route, this.#code));
    const page = await context.newPage();
    await page.goto(`${origin}/`);
    await page.waitForFunction(() => "answer" in globalThis);
    return {
      ask: async (question) => page.evaluate(async (asked) => globalThis.answer(asked), question as unknown),
      close: async () => context.close(),
    };
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}
