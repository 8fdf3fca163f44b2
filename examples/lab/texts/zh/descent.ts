import type { Texts } from "../en.ts";
import { minus, significant } from "../numbers.ts";

const place = (point: readonly number[]) =>
  point.length === 1
    ? `x = ${significant(point[0] ?? NaN, 6)}`
    : `(${point.map((coordinate) => significant(coordinate, 6)).join(", ")})`;

export const descent: Texts["descent"] = {
  title: "梯度下降",
  lead: "每一步都沿梯度的反方向走：总是下坡，坡越陡，步子越大。先选一个函数，在图上点一个起点，然后一步步往下走。",
  functions: {
    parabola: "抛物线",
    chain: "复合函数链",
    valleys: "两个谷",
    bowl: "碗",
    ravine: "峡谷",
    saddle: "鞍面",
    own: "自定义",
  },
  rules: {
    sgd: "普通梯度下降",
    momentum: "动量",
    nesterov: "Nesterov 动量",
    adagrad: "Adagrad",
    rmsprop: "RMSProp",
    adam: "Adam",
  },
  about: {
    parabola: "越靠近底部，斜率越小，步子也越小。请依次试试学习率 0.5、1 和 1.1。",
    chain:
      "x 依次经过五个函数（加 1、平方、取对数、开方、减 1）得到 E，这里下降的是 E 与 ½ 之差的平方的一半。各函数斜率之积很小的地方，下降得很慢。",
    valleys: "右边是浅谷，左边是深谷。普通梯度下降停在浅谷里，动量能把它带过中间的小丘。",
    bowl: "每一步都把 x 和 y 乘以同一个数，所以路径是直的。",
    ravine: "横向的陡峭程度是纵向的二十倍：普通梯度下降在两壁之间来回摆动，动量能把摆动抹平。",
    saddle: "(0, 0) 处是平的，却不是谷底：从 y = 0 附近出发会在那里徘徊，然后滑向两个谷底之一。",
    own: "可以是 x 的函数，也可以是 x 和 y 的函数。梯度由自动微分得到。",
  },
  chooseFunction: "函数",
  formula: "关于 x 或 x、y 的公式",
  formulaHelp: "可用 + − * / ^、pi、e，以及 sin、cos、tan、sinh、cosh、tanh、exp、ln、log（同 ln）、sqrt、abs。",
  problems: {
    empty: "请输入公式，例如 x^2 + y^2。",
    tooLong: (longest) => `公式最多 ${longest} 个字符，请缩短一些。`,
    character: (character, at) => `第 ${at} 个字符“${character}”在这里没有意义。请使用数字、x、y、+ − * / ^ 和括号。`,
    name: (name, at) => `第 ${at} 个字符处的“${name}”无法识别。变量只有 x 和 y；两者的乘积请写成 x*y。`,
    argument: (name, at) => `第 ${at} 个字符处的“${name}”需要一个参数：${name}(x)。`,
    syntax: (at) => `公式在第 ${at} 个字符处中断或有误，请检查那里缺了什么。`,
    notAllowed: (part, at) => `第 ${at} 个字符处的“${part}”不允许使用：这里只能用四则运算、乘方和下列函数。`,
    constant: "公式里没有 x，无从下降。",
  },
  start: "起点",
  startHint: "也可以在图上点选",
  rate: "学习率 η",
  momentum: "动量 μ",
  momentumNote: "只对动量和 Nesterov 动量起作用。",
  chooseRules: "优化方法",
  run: "运行",
  pause: "暂停",
  step: "下一步",
  back: "上一步",
  reset: "重置",
  speed: "速度",
  speeds: (perSecond) => `每秒 ${perSecond} 步`,
  stepCount: (step) => `第 ${step} 步`,
  playback: "步进",
  nothing: "公式改正之后才能作图。",
  chart: {
    surface: (name, rule, step, point, value) =>
      `函数“${name}”的等高线图。${rule}走了 ${step} 步，现位于 ${place(point)}，函数值为 ${significant(value, 6)}。表格中列有每一步。`,
    curve: (name, rule, step, point, value) =>
      `函数“${name}”的曲线图。${rule}走了 ${step} 步，现位于 ${place(point)}，函数值为 ${significant(value, 6)}。表格中列有每一步。`,
    empty: (name) => `函数“${name}”。`,
    direction: "方向",
  },
  endings: {
    ranAway: (rule, step, rate, point, hasMomentum) =>
      `${rule}发散了：走了 ${step} 步之后到了 ${place(point)}，而且步子越来越大。请把学习率调到 ${significant(rate, 3)} 以下${hasMomentum ? "，或者减小动量" : ""}；如果函数没有最低点，就无处可到。`,
    undefined: (rule, step, rate, point) =>
      `${rule}走了 ${step} 步之后停在 ${place(point)}：函数在那里没有有限的值或斜率。请换一个起点，或把学习率调到 ${significant(rate, 3)} 以下。`,
  },
  table: {
    title: "每一步",
    of: "优化方法",
    caption: (rule) => `${rule}的每一步：所在的点、该点的梯度、位移和函数值。`,
    next: "这一步",
  },
  values: {
    title: "每一步之后的函数值",
    label: (rules, step) => `函数值随步数变化的折线图（${rules.join("、")}），到第 ${step} 步为止。`,
    x: "步数",
    y: "函数值",
    log: "对数坐标",
  },
  direction: {
    title: "方向导数",
    about:
      "z 沿某个方向增长得多快？沿梯度方向最快，等于梯度的长度；与梯度垂直时为零；逆着梯度下降最快，梯度下降走的就是这个方向。",
    angle: "方向角 α（度）",
    along: "沿梯度方向",
    across: "与梯度垂直",
    against: "逆梯度方向",
    chart: (angle, slope, gradientAngle) =>
      `∂z/∂l 随方向角 α 的变化：在 ${minus(angle)}° 处为 ${significant(slope, 4)}，在梯度的方向角 ${significant(gradientAngle, 4)}° 处最大。`,
    here: (point, length, angle) =>
      `在 ${place(point)} 处，梯度的长度为 ${significant(length, 5)}，方向角为 ${significant(angle, 5)}°。`,
  },
};
