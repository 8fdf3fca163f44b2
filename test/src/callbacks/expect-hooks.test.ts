import { EarlyStopping, UnknownNameError, type Callback } from "rivulet";
import { describe, expect, it } from "vitest";
import { expectHooks } from "../../../src/callbacks/expect-hooks.ts";

class Watcher {
  onEpochEnd(): void {}
}

class Misspelt extends Watcher {
  onTrainBegins(): void {}
}

class Lively extends Watcher {
  on = 1;
  onward = "a text";
  get onEpochend(): never {
    throw new Error("Nobody asked for it.");
  }
  once(): void {}
  only(): void {}
  report(): void {}
}

const known = "Known: onTrainBegin, onTrainEnd, onEpochBegin, onEpochEnd, onBatchBegin, onBatchEnd.";

describe("a callback", () => {
  it.each([
    [{ onEpochend() {} }, `There is no hook "onEpochend". Did you mean "onEpochEnd"? ${known}`],
    [{ onepochend() {} }, `There is no hook "onepochend". Did you mean "onEpochEnd"? ${known}`],
    [{ on_epoch_end() {} }, `There is no hook "on_epoch_end". Did you mean "onEpochEnd"? ${known}`],
    [{ onTrainBatchEnd: () => 1 }, `There is no hook "onTrainBatchEnd". Did you mean "onTrainEnd"? ${known}`],
    [new Misspelt(), `There is no hook "onTrainBegins". Did you mean "onTrainBegin"? ${known}`],
  ])("with a method that is called like a hook is refused: %o", (callback, message) => {
    const check = () => expectHooks(callback as Callback, 0);
    expect(check).toThrow(UnknownNameError);
    expect(check).toThrow(message);
  });

  it("may have whatever else it likes", () => {
    for (const callback of [new Lively(), new EarlyStopping(), Object.create(null) as Callback, {}]) {
      expect(() => expectHooks(callback, 0)).not.toThrow();
    }
  });
});
