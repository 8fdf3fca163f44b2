import type { Texts } from "../en.ts";

export const backpropagation: Texts["backpropagation"] = {
  title: "反向传播",
};
