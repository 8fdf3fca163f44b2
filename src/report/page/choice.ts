import type { LossName } from "./median-curve.ts";

/** What a reader chose to see. */
export interface Choice {
  /** The regimes that are not shown. */
  readonly hidden: ReadonlySet<number>;
  readonly loss: LossName;
  readonly logLoss: boolean;
  readonly logCount: boolean;
}

/** What the controls are set to. */
export function choiceIn(form: HTMLFormElement): Choice {
  const data = new FormData(form);
  const shown = new Set(data.getAll("regime").map(Number));
  const boxes = [...form.querySelectorAll<HTMLInputElement>("input[name=regime]")];
  return {
    hidden: new Set(boxes.map(({ value }) => Number(value)).filter((index) => !shown.has(index))),
    loss: data.get("loss") === "validationLoss" ? "validationLoss" : "trainingLoss",
    logLoss: data.has("logLoss"),
    logCount: data.has("logCount"),
  };
}
