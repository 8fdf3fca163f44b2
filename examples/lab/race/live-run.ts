import type { Curve, CurvePoint } from "rivulet";
import type { Lane } from "../racing/messages.ts";
import { keyOf } from "./state.ts";

/** A run that is on: its curve so far. */
export interface LiveRun extends Lane {
  readonly curve: Curve;
}

/** The run that is on, with points that have come. @param before undefined, or the run that was on before, also another one */
export function withPoints(before: LiveRun | undefined, lane: Lane, points: readonly CurvePoint[]): LiveRun {
  const isSame = before?.repeat === lane.repeat && keyOf(before) === keyOf(lane);
  const curve = isSame ? before.curve : undefined;
  const column = (name: "epochs" | "steps" | "samples" | "seconds") => [
    ...(curve?.[name] ?? []),
    ...points.map((point) => point[name]),
  ];
  return {
    ...lane,
    curve: {
      epochs: column("epochs"),
      steps: column("steps"),
      samples: column("samples"),
      seconds: ascending(column("seconds")),
      trainingLoss: [...(curve?.trainingLoss ?? []), ...points.map(({ trainingLoss }) => trainingLoss)],
      // Not drawn while it runs.
      validationLoss: null,
    },
  };
}

/** Seconds are preliminary: what a later point knows better holds for those before it, too. */
function ascending(seconds: readonly number[]): number[] {
  let latest = Infinity;
  return seconds
    .toReversed()
    .map((value) => (latest = Math.min(latest, value)))
    .toReversed();
}
