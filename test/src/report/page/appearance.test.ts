import { expect, it } from "vitest";
import type { Regime } from "../../../../src/regimes/regime.ts";
import { appearancesOf } from "../../../../src/report/page/appearance.ts";

const regime: Regime = {
  batchSize: 32,
  momentum: 0,
  learningRate: 0.1,
  optimizer: "sgd",
  backend: "cpu",
  compile: "auto",
};

it("gives each batch a colour and a mark, and each momentum dashes", () => {
  const regimes = [1, 32].flatMap((batchSize) => [0, 0.9].map((momentum) => ({ ...regime, batchSize, momentum })));
  const two = appearancesOf([...regimes, { ...regime, batchSize: "full" }]);
  expect(two.map(({ color }) => color)).toEqual([0, 0, 1, 1, 2].map((hue) => `var(--hue-${hue})`));
  expect(two.map(({ symbol }) => symbol)).toEqual(["circle", "circle", "square", "square", "triangle"]);
  expect(two.map(({ dash }) => dash)).toEqual(["", "6 3", "", "6 3", ""]);
});

it("tells fifty regimes apart", () => {
  const rates = Array.from({ length: 10 }, (_, index) => 10 ** -index);
  const regimes = rates.flatMap((learningRate) =>
    [1, 8, 32, 64, "full" as const].map((batchSize) => ({ ...regime, learningRate, batchSize })),
  );
  const looks = appearancesOf(regimes).map(({ color, symbol, dash }) => `${color} ${symbol} ${dash}`);
  expect(new Set(looks).size).toBe(50);
});

it("tells thirty-five regimes apart by mark and dashes alone", () => {
  const regimes = [1, 2, 4, 8, 16, 32, 64].flatMap((batchSize) =>
    [0, 0.5, 0.9, 0.95, 0.99].map((momentum) => ({ ...regime, batchSize, momentum })),
  );
  expect(new Set(appearancesOf(regimes).map(({ symbol, dash }) => `${symbol} ${dash}`)).size).toBe(35);
});
