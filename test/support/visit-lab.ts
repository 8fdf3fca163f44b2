import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright";
import { afterAll, afterEach, beforeAll, expect, inject } from "vitest";
import { chromiumLaunchOptions } from "./chromium.ts";
import { openLab, type LabVisit } from "./lab-site.ts";

/** Opens pages of the lab for a file of tests. */
export interface LabVisits {
  /**
   * @param hash the part of the address after the path, with its `#`
   * @param browser another one than the file's own
   */
  readonly open: (hash: string, options?: BrowserContextOptions, browser?: Browser) => Promise<Page>;
  /** The files that a page which is open has asked for, by their paths in the site. */
  readonly filesOf: (page: Page) => readonly string[];
  /** Closes what is open, as the end of a test does. @returns the console's lines that were not asked for */
  readonly close: () => Promise<readonly string[]>;
}

/**
 * Has one browser for a file's tests. Every test is one of good behaviour, too: nothing on the console, no request for what
 * is not the site's.
 */
export function visitLab(): LabVisits {
  let own: Browser | undefined;
  let opened: LabVisit[] = [];
  const close = async () => {
    const ended = opened;
    opened = [];
    await Promise.all(ended.map(async ({ page }) => page.context().close()));
    expect(ended.flatMap(({ misdeeds }) => misdeeds.requests)).toEqual([]);
    return ended.flatMap(({ misdeeds }) => misdeeds.console);
  };
  beforeAll(async () => {
    own = await chromium.launch(plainChromium());
  });
  afterEach(async () => expect(await close()).toEqual([]));
  afterAll(async () => own?.close());
  return {
    close,
    filesOf: (page) => opened.find((visit) => visit.page === page)?.files ?? [],
    open: async (hash, options = {}, browser = own) => {
      if (browser === undefined) throw new Error("The browser has not been started yet.");
      const visit = await openLab(browser, hash, options, inject("labFolder"));
      opened.push(visit);
      return visit.page;
    },
  };
}

/** Puts a page's parts together without a GPU, where there is none: to do in software what one would do takes longer. */
function plainChromium() {
  const { args, ...options } = chromiumLaunchOptions();
  const plain = ["--disable-gpu-compositing", "--disable-gpu-rasterization", "--disable-accelerated-2d-canvas"];
  return { ...options, args: [...args, ...plain] };
}
