import { useSignal, useSignalEffect } from "@preact/signals";
import { texts } from "./language.ts";
import { countTensors, workerTensors } from "./tensor-count.ts";

const interval = 250;

/** Shows on demand how many tensors there are: the count stands still while a run goes on, so nothing leaks. */
export function DebugCorner() {
  const isOpen = useSignal(false);
  const count = useSignal<number | undefined>(undefined);
  useSignalEffect(() => {
    if (!isOpen.value) return undefined;
    const look = async () => {
      count.value = await countTensors();
    };
    void look();
    const timer = setInterval(() => void look(), interval);
    return () => clearInterval(timer);
  });
  const { debug } = texts.value.shell;
  const total = (count.value ?? 0) + (workerTensors.value ?? 0);
  return (
    <div class="debug">
      <button type="button" class="quiet" aria-expanded={isOpen.value} onClick={() => (isOpen.value = !isOpen.value)}>
        {debug.toggle}
      </button>
      {isOpen.value && count.value !== undefined && <output data-tensors={total}>{debug.tensors(total)}</output>}
    </div>
  );
}
