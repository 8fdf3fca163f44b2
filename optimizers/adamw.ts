import { Adam, type AdamOptions } from "./adam.ts";

/**
 * Adam with weight decay, decoupled from the gradient and so from its scaling:
 *
 *     θ ← θ − η λ θ
 *     θ ← θ − η m̂ / (√v̂ + ε)              m̂, v̂ as in Adam
 *
 * λ weightDecay, default 0.004 as in Keras (PyTorch: 0.01), η learningRate, default 0.001. Every parameter decays, biases
 * too, as in Keras and PyTorch. Each rule here decays in this way when it is given a weightDecay; of this one it is the
 * default.
 * Loshchilov and Hutter, 2019, https://arxiv.org/abs/1711.05101
 */
export class AdamW extends Adam {
  static override readonly name: string = "AdamW";

  /** @throws HyperparameterError */
  constructor(options: AdamOptions = {}) {
    super(options, { learningRate: 0.001, weightDecay: 0.004 });
  }
}
