import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { RandomStream } from "rivulet";
import { z } from "zod";

/** A car of which everything is known. */
export interface Car {
  readonly inputs: readonly number[];
  /** Miles per US gallon. */
  readonly milesPerGallon: number;
}

/** The columns of `Car.inputs`, in order. */
export const inputNames = [
  "cylinders",
  "displacement",
  "horsepower",
  "weight",
  "acceleration",
  "model year",
  "from the USA",
  "from Europe",
  "from Japan",
] as const;

/** A row of cars.json, as vega-datasets 3 has it. */
const Row = z.object({
  Miles_per_Gallon: z.number().nullable(),
  Cylinders: z.number(),
  Displacement: z.number(),
  Horsepower: z.number().nullable(),
  Weight_in_lbs: z.number(),
  Acceleration: z.number(),
  Year: z.string().transform((date) => Number(date.slice(0, 4))),
  Origin: z.enum(["USA", "Europe", "Japan"]),
});

/**
 * The Auto MPG cars of 1970 to 1982, and how many of them lack a value and were dropped.
 * Quinlan, 1993, https://archive.ics.uci.edu/dataset/9/auto+mpg
 */
export function loadCars(): { cars: Car[]; dropped: number } {
  // The package publishes its data as files, not as modules: beside the folder of its entry point.
  const entry = createRequire(import.meta.url).resolve("vega-datasets");
  const rows = z.array(Row).parse(JSON.parse(readFileSync(join(entry, "../../data/cars.json"), "utf8")));
  const cars = rows.flatMap((row) => {
    if (row.Miles_per_Gallon === null || row.Horsepower === null) return [];
    const origins = (["USA", "Europe", "Japan"] as const).map((origin) => (row.Origin === origin ? 1 : 0));
    const measures = [row.Cylinders, row.Displacement, row.Horsepower, row.Weight_in_lbs, row.Acceleration, row.Year];
    return [{ inputs: [...measures, ...origins], milesPerGallon: row.Miles_per_Gallon }];
  });
  return { cars, dropped: rows.length - cars.length };
}

/** Deals the cars out at random: a fifth of them to be held out for the test, the rest to train on. */
export function splitCars(cars: readonly Car[], seed: number): { training: Car[]; test: Car[] } {
  const order = new RandomStream(seed, "split").permutation(cars.length);
  const shuffled = Array.from(order, (index) => cars[index] as Car);
  const held = Math.floor(cars.length / 5);
  return { training: shuffled.slice(held), test: shuffled.slice(0, held) };
}
