import { describe, expect, it } from "vitest";
import { configOf, scheduleFrom, schedules, type Schedule, type ScheduleConfig } from "../../src/schedules.ts";
import golden from "../golden/schedules.json" with { type: "json" };
import { expectClose } from "../support/expect-close.ts";

const { constant, stepDecay, exponentialDecay, inverseTimeDecay, cosineDecay } = schedules;

const decay = { initialLearningRate: 0.8, decaySteps: 2, decayRate: 0.5 };

const ratesOf = (schedule: Schedule, steps: number) => Array.from({ length: steps }, (_, step) => schedule(step));

/** The schedule of a golden case. By milestones is none of ours: a function of one's own does it. */
function goldenSchedule({ name, options }: (typeof golden.cases)[number]): Schedule {
  const { learningRate: initialLearningRate, decaySteps = 0, decayRate = 0 } = options;
  const smooth = { initialLearningRate, decaySteps, decayRate, staircase: options.staircase ?? false };
  if (name === "constant") return constant(initialLearningRate);
  if (options.stepSize !== undefined) {
    return stepDecay({ initialLearningRate, decaySteps: options.stepSize, decayRate: options.factor });
  }
  if (options.milestones !== undefined) {
    const { milestones, factor } = options;
    return (step) => initialLearningRate * factor ** milestones.filter((milestone) => milestone <= step).length;
  }
  if (name.startsWith("exponential")) return exponentialDecay(smooth);
  if (name.startsWith("inverse time")) return inverseTimeDecay(smooth);
  const { alpha = NaN, warmupTarget, warmupSteps } = options;
  const warmup = warmupTarget == null ? {} : { warmupTarget, warmupSteps };
  return cosineDecay({ initialLearningRate, decaySteps, alpha, ...warmup });
}

/** Worked out in float64 on the host: only the last digits may differ. */
const tolerance = 1e-14;

describe("schedules", () => {
  it.each([
    ["constant", constant(0.8), [0.8, 0.8, 0.8]],
    // ⌊t / 2⌋ = 0, 0, 1, 1, 2
    ["stepDecay", stepDecay(decay), [0.8, 0.8, 0.4, 0.4, 0.2]],
    // 0.8 · √½ between 0.8, 0.4 and 0.2
    ["exponentialDecay", exponentialDecay(decay), [0.8, 0.8 * Math.SQRT1_2, 0.4, 0.4 * Math.SQRT1_2, 0.2]],
    ["exponentialDecay by stairs", exponentialDecay({ ...decay, staircase: true }), [0.8, 0.8, 0.4, 0.4, 0.2]],
    // 1 + t / 4 = 1, 1.25, 1.5, 1.75, 2
    ["inverseTimeDecay", inverseTimeDecay(decay), [0.8, 0.64, 0.8 / 1.5, 0.8 / 1.75, 0.4]],
    ["inverseTimeDecay by stairs", inverseTimeDecay({ ...decay, staircase: true }), [0.8, 0.8, 0.8 / 1.5, 0.8 / 1.5]],
    // ½ (1 + cos) at 0°, 60°, 120°, 180° = 1, 0.75, 0.25, 0; then it stays.
    ["cosineDecay", cosineDecay({ initialLearningRate: 0.8, decaySteps: 3 }), [0.8, 0.6, 0.2, 0, 0, 0]],
    // 0.25 + 0.75 · 0.75, 0.25 + 0.75 · 0.25, 0.25 times 0.8
    [
      "cosineDecay to a share",
      cosineDecay({ initialLearningRate: 0.8, decaySteps: 3, alpha: 0.25 }),
      [0.8, 0.65, 0.35, 0.2, 0.2],
    ],
    [
      "cosineDecay with warm-up",
      cosineDecay({ initialLearningRate: 0, decaySteps: 3, warmupTarget: 0.8, warmupSteps: 4 }),
      [0, 0.2, 0.4, 0.6, 0.8, 0.6, 0.2, 0, 0],
    ],
  ] satisfies [string, Schedule, number[]][])("%s", async (_, schedule, expected) => {
    await expectClose(ratesOf(schedule, expected.length), expected, tolerance);
  });

  const cases = golden.cases.map((each) => [each.name, each.from, each] as const);

  it.each(cases)("%s: as %s", async (_, __, each) => {
    const rates = golden.steps.map(goldenSchedule(each));
    // 1e-8: Keras calculates its schedules in float32, whose numbers near 0.1 stand 7e-9 apart.
    await expectClose(rates, each.rates, 1e-8);
  });

  it.each([
    [() => constant(0), "constant expects learningRate to be a finite number above 0, got 0."],
    [
      () => stepDecay({ ...decay, initialLearningRate: -1 }),
      "stepDecay expects initialLearningRate to be a finite number above 0, got -1.",
    ],
    [
      () => exponentialDecay({ ...decay, decaySteps: 0 }),
      "exponentialDecay expects decaySteps to be a finite number above 0, got 0.",
    ],
    [
      () => inverseTimeDecay({ ...decay, decayRate: NaN }),
      "inverseTimeDecay expects decayRate to be a finite number above 0, got NaN.",
    ],
    [
      () => exponentialDecay({ ...decay, staircase: JSON.parse('"no"') }),
      'exponentialDecay expects staircase to be true or false, got "no".',
    ],
    [
      () => cosineDecay({ initialLearningRate: 0, decaySteps: 3 }),
      "cosineDecay expects initialLearningRate to be a finite number above 0, got 0.",
    ],
    [
      () => cosineDecay({ initialLearningRate: -1, decaySteps: 3, warmupTarget: 1, warmupSteps: 2 }),
      "cosineDecay expects initialLearningRate to be a finite number, 0 or more, got -1.",
    ],
    [
      () => cosineDecay({ initialLearningRate: 1, decaySteps: Infinity }),
      "cosineDecay expects decaySteps to be a finite number above 0, got Infinity.",
    ],
    [
      () => cosineDecay({ initialLearningRate: 1, decaySteps: 3, alpha: 1.5 }),
      "cosineDecay expects alpha to be in [0, 1], got 1.5.",
    ],
    [
      () => cosineDecay({ initialLearningRate: 1, decaySteps: 3, warmupSteps: 2 }),
      "cosineDecay without warmupTarget expects warmupSteps to be 0, got 2. Give warmupTarget, the rate that the " +
        "warm-up leads to, or leave warmupSteps out.",
    ],
    [
      () => cosineDecay({ initialLearningRate: 0, decaySteps: 3, warmupTarget: 1 }),
      "cosineDecay with warmupTarget expects warmupSteps to be a finite number above 0, got undefined.",
    ],
    [
      () => cosineDecay({ initialLearningRate: 0, decaySteps: 3, warmupTarget: -1, warmupSteps: 2 }),
      "cosineDecay expects warmupTarget to be a finite number above 0, got -1.",
    ],
  ])("refuse what makes no sense, %#", (make, message) => {
    expect(make).toThrow(expect.objectContaining({ name: "HyperparameterError", message }));
  });

  it("refuse options that nothing reads, and none at all", () => {
    const misspelt = { ...decay, stairs: true };
    expect(() => exponentialDecay(misspelt)).toThrow(
      'exponentialDecay has no option "stairs". Did you mean "staircase"? ' +
        "Known: initialLearningRate, decaySteps, decayRate, staircase.",
    );
    expect(() => stepDecay(JSON.parse("null"))).toThrow(
      "stepDecay expects options to be an object such as { initialLearningRate: … }, got null.",
    );
  });

  it.each([
    constant(0.25),
    stepDecay(decay),
    exponentialDecay({ ...decay, staircase: true }),
    inverseTimeDecay(decay),
    cosineDecay({ initialLearningRate: 0, decaySteps: 3, warmupTarget: 0.8, warmupSteps: 4, alpha: 0.1 }),
  ])("come back from plain data as they were", (schedule) => {
    const config: unknown = JSON.parse(JSON.stringify(configOf(schedule)));
    const again = typeof config === "number" ? constant(config) : scheduleFrom(config as ScheduleConfig);
    expect(ratesOf(again, 10)).toEqual(ratesOf(schedule, 10));
  });

  it("are not made of a name that none has, nor of bad options", () => {
    expect(() => scheduleFrom(JSON.parse('{ "schedule": "stepdecay" }'))).toThrow(
      'There is no schedule "stepdecay". Did you mean "stepDecay"? ' +
        "Known: stepDecay, exponentialDecay, inverseTimeDecay, cosineDecay.",
    );
    expect(() => scheduleFrom(JSON.parse('{ "schedule": "stepDecay", "decaySteps": 2 }'))).toThrow(
      "stepDecay expects initialLearningRate to be a finite number above 0, got undefined.",
    );
  });
});
