import type { Texts } from "../en.ts";
import { minus } from "../numbers.ts";

export const shell: Texts["shell"] = {
  name: "rivulet 梯度下降实验室",
  subtitle: "梯度下降实验室",
  skip: "跳到正文",
  navigation: "页面",
  language: "语言",
  theme: "配色",
  themes: { auto: "跟随系统", light: "浅色", dark: "深色" },
  loading: "正在加载……",
  pageMissing: (page) => `无法取得“${page}”页面。请检查网络连接，然后重新加载。`,
  brokenAddress: "这个链接无法读取：其中的内容被改动或截断了。页面已按初始状态打开，请重新索取链接。",
  dismiss: "知道了",
  outOfRange: (least, most) => `请输入 ${minus(least)} 到 ${minus(most)} 之间的数。`,
  colophon: "页面上的每个数字都由 rivulet 用 tfjs 张量在本页算出，没有任何数据离开本页。",
  debug: {
    toggle: "张量",
    tensors: (count) => `现有 ${count} 个张量`,
  },
};
