import * as tf from "@tensorflow/tfjs-core";
import { describePlatform } from "#machine";
import { version } from "../version.ts";
import type { Machine } from "./comparison.ts";

/** Where this runs. */
export function describeMachine(): Machine {
  return { ...describePlatform(), rivulet: version, tfjs: tf.version_core };
}
