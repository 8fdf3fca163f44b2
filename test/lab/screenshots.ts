/**
 * Pictures of every page of the built lab, light, dark and as wide as a phone, into screenshots/: to be looked at.
 *
 *     npm run demo:screenshots                # all of them
 *     npm run demo:screenshots -- descent     # those whose name has that in it
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright";
import { chromiumLaunchOptions } from "../support/chromium.ts";
import { openLab } from "../support/lab-site.ts";
import { projectFolder } from "../support/run.ts";

/** What is worth a look: a page's name, and the address that shows it. */
const scenes: Readonly<Record<string, string>> = {
  fit: "#/fit?backend=wasm&step=600",
  "fit-classes": "#/fit?data=spirals&backend=wasm&step=3000",
  "fit-faulty": "#/fit?rate=10&activation=linear&backend=wasm&step=1000",
  "fit-own": "#/fit?data=curve",
  "descent-bowl": "#/descent?step=3",
  "descent-parabola": "#/descent?f=parabola&step=6",
  "descent-diverged": "#/descent?f=parabola&rate=1.1&step=80&rules=sgd",
  "descent-valleys": "#/descent?f=valleys&step=60&rules=sgd,momentum,nesterov",
  "descent-ravine": "#/descent?f=ravine&step=30&rules=sgd,momentum,nesterov,adagrad,rmsprop,adam&log=1",
  "descent-own": "#/descent?f=own&step=5&rules=sgd&angle=63.43",
  "descent-problem": "#/descent?f=own&formula=x^2%20%2B%20z",
  race: "#/race?raced=1",
  "race-replay": "#/race?raced=1&at=430&by=seconds&logx=1",
  "race-valley": "#/race?problem=ill-conditioned&epochs=60&batches=full,32,8&raced=1",
  "race-diverged": "#/race?rate=0.5&epochs=10&repeats=3&by=steps&raced=1",
  "race-new": "#/race",
  "backpropagation-first": "#/backpropagation",
  "backpropagation-hidden": "#/backpropagation?stage=hidden",
  "backpropagation-bp2": "#/backpropagation?stage=bp2",
  "backpropagation-bp4": "#/backpropagation?stage=bp4",
  "broken-link": "#/descent?f=nonsense",
};

const looks = {
  light: { viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, colorScheme: "light" },
  "phone-zh": { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, colorScheme: "dark", locale: "zh-CN" },
} as const;

const folder = join(projectFolder, "screenshots");
const wanted = process.argv[2] ?? "";
await mkdir(folder, { recursive: true });
const browser = await chromium.launch(chromiumLaunchOptions());
try {
  for (const [scene, hash] of Object.entries(scenes)) {
    for (const [look, options] of Object.entries(looks)) {
      const name = `${scene}-${look}`;
      if (!name.includes(wanted)) continue;
      const { page } = await openLab(browser, hash, options);
      await page.waitForLoadState("networkidle");
      await page.waitForFunction(() => document.querySelector("[data-busy=true]") === null);
      // What comes after, such as the slopes all round a point, is there by then.
      await page.waitForTimeout(400);
      await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
      await page.context().close();
      console.log(join("screenshots", `${name}.png`));
    }
  }
} finally {
  await browser.close();
}
