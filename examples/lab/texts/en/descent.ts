import { minus, significant } from "../numbers.ts";

const functions = {
  parabola: "Parabola",
  chain: "Chain of functions",
  valleys: "Two valleys",
  bowl: "Bowl",
  ravine: "Ravine",
  saddle: "Saddle",
  own: "Your own",
};

const rules = {
  sgd: "Plain descent",
  momentum: "Momentum",
  nesterov: "Nesterov momentum",
  adagrad: "Adagrad",
  rmsprop: "RMSProp",
  adam: "Adam",
};

/** Where something stands: `x = 3` or `(3, 2)`. */
const place = (point: readonly number[]) =>
  point.length === 1
    ? `x = ${significant(point[0] ?? NaN, 6)}`
    : `(${point.map((coordinate) => significant(coordinate, 6)).join(", ")})`;

export const descent = {
  title: "Descent",
  lead: "Every step goes against the gradient: downhill, and the further the steeper it is. Choose a function, click where to start, and step.",
  functions,
  rules,
  about: {
    parabola:
      "Its slope shrinks towards the bottom, and the steps with it. Try a learning rate of 0.5, then 1, then 1.1.",
    chain:
      "Half the squared distance of E from ½, where E comes out of x through five functions: + 1, square, ln, √, − 1. Where the product of their slopes is small, descent only creeps.",
    valleys:
      "A shallow valley on the right, a deep one on the left. Plain descent stays in the shallow one; momentum carries over the hill.",
    bowl: "Every step multiplies x and y by the same number, so the path is straight.",
    ravine: "Twenty times as steep across as along: plain descent swings from wall to wall. Momentum evens that out.",
    saddle:
      "Level at (0, 0), but no bottom: whoever starts near y = 0 lingers there, then slips off to one of the two bottoms.",
    own: "Any function of x, or of x and y. Gradients come from automatic differentiation.",
  },
  chooseFunction: "Function",
  formula: "Formula in x, or in x and y",
  formulaHelp: "+ − * / ^, pi, e, and sin, cos, tan, sinh, cosh, tanh, exp, ln, log (the same as ln), sqrt, abs.",
  problems: {
    empty: "Type a formula, such as x^2 + y^2.",
    tooLong: (longest: number) => `A formula has at most ${longest} characters. Shorten it.`,
    character: (character: string, at: number) =>
      `“${character}” at character ${at} has no meaning here. Use numbers, x, y, + − * / ^ and parentheses.`,
    name: (name: string, at: number) =>
      `“${name}” at character ${at} is not known here. Variables are x and y; write x*y for their product.`,
    argument: (name: string, at: number) => `“${name}” at character ${at} takes one argument: ${name}(x).`,
    syntax: (at: number) => `The formula breaks off or goes wrong at character ${at}. Look there for what is missing.`,
    notAllowed: (part: string, at: number) =>
      `“${part}” at character ${at} is not allowed: only arithmetic and the functions below are.`,
    constant: "There is no x in the formula, so there is nothing to descend.",
  },
  start: "Start",
  startHint: "or click in the picture",
  rate: "Learning rate η",
  momentum: "Momentum μ",
  momentumNote: "Acts on momentum and Nesterov momentum.",
  chooseRules: "Descend by",
  run: "Run",
  pause: "Pause",
  step: "Step",
  back: "Back",
  reset: "Reset",
  speed: "Speed",
  speeds: (perSecond: string) => (perSecond === "1" ? "1 step a second" : `${perSecond} steps a second`),
  stepCount: (step: number) => `step ${step}`,
  playback: "Steps",
  nothing: "There is nothing to draw until the formula is mended.",
  chart: {
    surface: (name: string, rule: string, step: number, point: readonly number[], value: number) =>
      `Contours of the function “${name}”. ${rule} stands at ${place(point)} after ${step} steps; the function's value there is ${significant(value, 6)}. The table has every step.`,
    curve: (name: string, rule: string, step: number, point: readonly number[], value: number) =>
      `The curve of the function “${name}”. ${rule} stands at ${place(point)} after ${step} steps; the function's value there is ${significant(value, 6)}. The table has every step.`,
    empty: (name: string) => `The function “${name}”.`,
    direction: "direction",
  },
  endings: {
    ranAway: (rule: string, step: number, rate: number, point: readonly number[], hasMomentum: boolean) =>
      `${rule} has run away: after ${step} ${step === 1 ? "step" : "steps"} it stands at ${place(point)}, and each step is larger than the last. Try a learning rate below ${significant(rate, 3)}${hasMomentum ? ", or less momentum" : ""}; if the function has no bottom, there is nothing to arrive at.`,
    undefined: (rule: string, step: number, rate: number, point: readonly number[]) =>
      `${rule} ends after ${step} ${step === 1 ? "step" : "steps"} at ${place(point)}: the function has no finite value or slope there. Start elsewhere, or try a learning rate below ${significant(rate, 3)}.`,
  },
  table: {
    title: "Every step",
    of: "Steps of",
    caption: (rule: string) => `Every step of ${rule}: the point, the gradient there, the displacement, the value.`,
    next: "This step",
  },
  values: {
    title: "Value after each step",
    label: (drawn: readonly string[], step: number) =>
      `Line chart of the function's value against the step, for ${drawn.join(", ")}, up to step ${step}.`,
    x: "step",
    y: "value",
    log: "Logarithmic",
  },
  direction: {
    title: "Directional derivative",
    about:
      "How fast does z grow in a direction? Fastest along the gradient, by its length; not at all across it; and fastest downwards against it, which is where descent goes.",
    angle: "Angle α of the direction, in degrees",
    along: "Along the gradient",
    across: "Across it",
    against: "Against it",
    chart: (angle: number, slope: number, gradientAngle: number) =>
      `∂z/∂l against the angle α: ${significant(slope, 4)} at ${minus(angle)}°, largest at ${significant(gradientAngle, 4)}°, the gradient's angle.`,
    here: (point: readonly number[], length: number, angle: number) =>
      `At ${place(point)} the gradient has the length ${significant(length, 5)} and the angle ${significant(angle, 5)}°.`,
  },
};
