import { useSignal, useSignalEffect } from "@preact/signals";
import { texts } from "../shell/language.ts";
import { StageEquations } from "./equations.tsx";
import { stages, type Stage } from "./stages.ts";
import { state } from "./state.ts";

/** Milliseconds for each equation, when they go on by themselves: time to find its numbers on the drawing. */
const pace = 3000;

function go(by: number): void {
  const stage = stages[stages.indexOf(state.value.stage) + by];
  if (stage !== undefined) state.change({ stage });
}

/** The equations in their order, the one that is looked at standing out. */
export function StageList() {
  const { backpropagation } = texts.value;
  const { stage } = state.value;
  const isAutomatic = useSignal(false);
  const isLast = stage === stages.at(-1);
  useSignalEffect(() => {
    if (!isAutomatic.value) return undefined;
    const timer = setInterval(() => {
      go(1);
      if (state.value.stage === stages.at(-1)) isAutomatic.value = false;
    }, pace);
    return () => clearInterval(timer);
  });
  const play = () => {
    if (!isAutomatic.value && isLast) state.change({ stage: "network" });
    isAutomatic.value = !isAutomatic.value;
  };
  return (
    <nav class="stages" aria-label={backpropagation.stageList}>
      <ol>
        {stages.map((each) => (
          <StageItem key={each} stage={each} isCurrent={each === stage} />
        ))}
      </ol>
      <div class="buttons">
        <button type="button" disabled={stage === "network"} onClick={() => go(-1)}>
          {backpropagation.previous}
        </button>
        <button type="button" class="primary" disabled={isLast} onClick={() => go(1)}>
          {backpropagation.next}
        </button>
        <button type="button" aria-pressed={isAutomatic.value} onClick={play}>
          {isAutomatic.value ? backpropagation.pause : backpropagation.auto}
        </button>
      </div>
    </nav>
  );
}

function StageItem({ stage, isCurrent }: { readonly stage: Stage; readonly isCurrent: boolean }) {
  const { title } = texts.value.backpropagation.stages[stage];
  return (
    <li class={isCurrent ? "current" : undefined}>
      <button
        type="button"
        data-stage={stage}
        aria-current={isCurrent ? "step" : undefined}
        onClick={() => state.change({ stage })}
      >
        <span>{title}</span>
        <StageEquations stage={stage} />
      </button>
    </li>
  );
}
