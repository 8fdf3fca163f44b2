import { describe, expect, it } from "vitest";
import { expectNoObjections, expectToFit } from "../support/lab-page.ts";
import { raceOf } from "../support/race-page.ts";
import { visitLab } from "../support/visit-lab.ts";

const { open } = visitLab();

/** What each page says in Chinese, and what is there once it has computed what its address asks for. */
const pages = {
  fit: { title: "拟合曲线", ready: ".fit-transport[data-busy=false]" },
  race: { title: "赛跑", ready: ".race-starter[data-busy=false]" },
  descent: { title: "梯度下降", ready: ".numbers tbody tr, .problem" },
  backpropagation: { title: "反向传播", ready: ".comparison tbody tr" },
} as const;

/** Each page as it looks when it is at its fullest, and when something went wrong. */
const scenes = [
  ["fit", "#/fit?backend=cpu&data=circles&step=30&hidden=32-32-32-32"],
  ["fit", "#/fit?backend=cpu&hidden=4&activation=linear&rate=10&step=500"],
  ["fit", "#/fit?backend=cpu&data=curve"],
  ["race", raceOf()],
  ["race", raceOf({ rate: "0.13", epochs: "60", raced: "1" })],
  ["descent", "#/descent?step=3"],
  ["descent", "#/descent?f=parabola&rate=1.1&step=80"],
  ["descent", "#/descent?f=own&formula=z"],
  ["backpropagation", "#/backpropagation?stage=bp4"],
  ["backpropagation", "#/backpropagation?stage=bp2"],
] as const;

describe.each(scenes)("%s at %s", (id, hash) => {
  it("can be read by everybody: light and dark, on a phone and on a projector, in both languages", async () => {
    const { title, ready } = pages[id];
    const page = await open(hash, { colorScheme: "light" });
    if (hash.includes("raced")) await page.locator("[data-status=ended]").waitFor();
    await page.locator(ready).first().waitFor();
    await expectNoObjections(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await expectNoObjections(page);
    for (const width of [360, 390, 768, 1280, 1920]) await expectToFit(page, width);
    await page.locator("select[data-choice=language]").selectOption("zh");
    await expect.poll(async () => page.locator("h1").textContent()).toBe(title);
    for (const width of [360, 390]) await expectToFit(page, width);
    await expectNoObjections(page);
  });
});
