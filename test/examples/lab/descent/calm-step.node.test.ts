import { afterEach, describe, expect, it } from "vitest";
import { calmSteps } from "../../../../examples/lab/descent/calm-step.ts";
import { isPlaying, picture } from "../../../../examples/lab/descent/run.ts";
import { state } from "../../../../examples/lab/descent/state.ts";

const now = () => [calmSteps.table.value, calmSteps.charts.value];

afterEach(() => {
  isPlaying.value = false;
  state.change({ step: 0 });
});

describe("the step for what is read", () => {
  it("is the shown one while nothing runs", () => {
    for (const step of [1, 2, 7, 3]) {
      state.change({ step });
      expect(now()).toEqual([step, step]);
    }
  });

  it("follows at every second picture of a run, the table and the charts in turns", () => {
    picture.value = 0;
    isPlaying.value = true;
    const seen = Array.from({ length: 4 }, () => {
      picture.value++;
      state.change({ step: state.value.step + 1 });
      return now();
    });
    expect(seen).toEqual([
      [0, 1],
      [2, 1],
      [2, 3],
      [4, 3],
    ]);
  });

  it("is a picture late at most, however slowly the steps go", () => {
    picture.value = 1;
    isPlaying.value = true;
    state.change({ step: 1 });
    expect(now()).toEqual([0, 1]);
    picture.value++;
    expect(now()).toEqual([1, 1]);
  });

  it("catches up when the run pauses", () => {
    picture.value = 0;
    isPlaying.value = true;
    picture.value++;
    state.change({ step: 5 });
    expect(now()).toEqual([0, 5]);
    isPlaying.value = false;
    expect(now()).toEqual([5, 5]);
  });
});
