import { HyperparameterError } from "./errors.ts";
import { expectHyperparameter, isFloat32FromZero, isPositiveFloat32 } from "./hyperparameter.ts";
import { quote } from "./quote.ts";
import { configOf, scheduleFrom, type Schedule, type ScheduleConfig } from "./schedules.ts";

/** η above 0, a schedule of it, or a schedule as plain data. */
export type LearningRateLike = number | Schedule | ScheduleConfig;

/** The number or the schedule that is meant. @throws HyperparameterError, UnknownNameError */
export function resolveLearningRate(who: string, given: LearningRateLike): number | Schedule {
  if (typeof given === "function") return given;
  if (typeof given === "object" && given !== null && "schedule" in given) return scheduleFrom(given);
  const expected = typeof given === "number" ? "a finite number above 0" : "a finite number above 0, or a schedule";
  expectHyperparameter(isPositiveFloat32(given), who, "learningRate", expected, given, "0.01 is a start.");
  return given;
}

/**
 * The rate of a step.
 *
 * @param step how many were taken before it
 * @throws HyperparameterError where a schedule returns what is no finite number, or one below 0
 */
export function rateAt(who: string, learningRate: number | Schedule, step: number): number {
  if (typeof learningRate === "number") return learningRate;
  const rate: unknown = learningRate(step);
  if (isFloat32FromZero(rate)) return rate;
  const message = `${who}'s schedule must return a finite learning rate, 0 or more. At step ${step} (counted from 0) it returned ${quote(rate)}.`;
  throw new HyperparameterError(message, "learningRate", rate);
}

/** A learning rate as plain data, to make the same again. @throws HyperparameterError for a function of the user's */
export function learningRateConfig(who: string, learningRate: number | Schedule): number | ScheduleConfig {
  const config = typeof learningRate === "number" ? learningRate : configOf(learningRate);
  if (config !== undefined) return config;
  const message = `${who} cannot be saved with a function of yours as its learning rate. Set learningRate to a number, or to one of schedules, first.`;
  throw new HyperparameterError(message, "learningRate", learningRate);
}
