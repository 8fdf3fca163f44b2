import { Activation } from "./activation.ts";
import type { JsonObject, SavedLayer } from "../src/saved-layer.ts";
import { readConfig } from "./saved/config.ts";

/** a = 1 / (1 + e⁻ˣ), in (0, 1), x [batch, …input] → a of the same shape. */
export class Sigmoid extends Activation {
  static override readonly name: string = "Sigmoid";

  constructor() {
    super({ activation: "sigmoid" });
  }
}

/** a = tanh x, in (−1, 1), x [batch, …input] → a of the same shape. */
export class Tanh extends Activation {
  static override readonly name: string = "Tanh";

  constructor() {
    super({ activation: "tanh" });
  }
}

/** a = ln(1 + eˣ), above 0, x [batch, …input] → a of the same shape. */
export class Softplus extends Activation {
  static override readonly name: string = "Softplus";

  constructor() {
    super({ activation: "softplus" });
  }
}

/** a = x Φ(x), Φ the normal distribution's function, by erf and not by tanh; x [batch, …input] → a of the same shape. */
export class GELU extends Activation {
  static override readonly name: string = "GELU";

  constructor() {
    super({ activation: "gelu" });
  }
}

/** a = max(0, x), x [batch, …input] → a of the same shape. */
export class ReLU extends Activation {
  static override readonly name: string = "ReLU";

  constructor() {
    super({ activation: "relu" });
  }

  override toSaved(): SavedLayer {
    return { className: "ReLU", config: { max_value: null } };
  }

  /** @throws HyperparameterError for a largest value, a slope below 0 or a threshold */
  static override fromSaved(this: void, saved: JsonObject): ReLU {
    readConfig("ReLU", saved, { only: { negative_slope: 0, threshold: 0 } });
    return new ReLU();
  }
}
