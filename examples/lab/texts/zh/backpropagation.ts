import type { Texts } from "../en.ts";

export const backpropagation: Texts["backpropagation"] = {
  title: "反向传播",
  lead: "一个有两个输入、两个隐藏神经元和两个输出神经元的网络，所有数字一目了然：先前向算到代价，再反向传回，一次一个公式。",
  stageList: "公式",
  previous: "上一个",
  next: "下一个",
  auto: "自动",
  pause: "暂停",
  cost: "代价",
  drawing: (stage) =>
    `网络图：两个输入、两个隐藏神经元、两个输出神经元和代价，标有到“${stage}”为止已知的数字。下面的列表和表格中有同样的数字。`,
  stages: {
    network: {
      title: "网络",
      about: "每个神经元有一个偏置，每条连接有一个权重。输入是 x，目标是 y。点“下一个”继续。",
    },
    hidden: { title: "前向：隐藏层", about: "每个神经元对输入加权求和，加上偏置得到 z，再通过 sigmoid 函数 σ。" },
    output: { title: "前向：输出层", about: "同样的计算，以隐藏层的激活值为输入。" },
    cost: { title: "代价", about: "目标与输出之差的平方和的一半。" },
    bp1: {
      title: "BP1：输出层误差",
      about: "δ 表示代价随神经元加权输入 z 增长得多快。⊙ 表示逐元素相乘，σ′(z) = a (1 − a)。",
    },
    bp2: { title: "BP2：误差传回一层", about: "误差沿着激活值前向经过的权重传回，再乘以 σ′。" },
    bp3: { title: "BP3：偏置", about: "偏置直接加在 z 上，所以它的梯度就是 δ。" },
    bp4: { title: "BP4：权重", about: "权重的梯度等于起点的激活值乘以终点的误差。在隐藏层，a 就是输入 x。" },
  },
  numbers: "修改数字",
  numbersNote: "所有结果随之更新。",
  groups: { data: "输入与目标", hidden: "隐藏层", output: "输出层" },
  reset: "恢复初始数字",
  comparison: {
    title: "三种方法，同样的梯度",
    about: (nudge) =>
      `用四个公式；用自动微分，即库的一次反向传播；以及把每个权重上下各微调 ${nudge}，每次重新前向计算（有限差分）。`,
    quantity: "量",
    equations: "公式",
    automatic: "自动微分",
    nudged: "有限差分",
    check: (passed, error, passes) =>
      `自动微分与有限差分的梯度相差 ${error}，按 ‖a\u00a0−\u00a0n‖\u00a0/\u00a0(‖a‖\u00a0+\u00a0‖n‖) 计算：${passed ? "每个参数都在 0.001 以内" : "有参数超过 0.001，因为 float32 的舍入淹没了微调的变化"}。有限差分用了 ${passes} 次前向计算。`,
  },
};
