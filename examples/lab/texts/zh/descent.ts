import type { Texts } from "../en.ts";

export const descent: Texts["descent"] = {
  title: "梯度下降",
};
