import { significant } from "../numbers.ts";

const plural = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/** `a`, `a and b`, `a, b and c` */
const list = (names: readonly string[]) =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

const seconds = (value: number) =>
  value < 0.1 ? `${significant(value * 1000, 3)}\u00a0ms` : `${significant(value, 3)}\u00a0s`;

const descents = (size: number | "full") => {
  if (size === "full") return "Batch";
  return size === 1 ? "Stochastic" : `Mini-batch ${size}`;
};

export const race = {
  title: "Race",
  lead: "Batch, mini-batch and stochastic descent from the same start, on the same data. Who gets down first depends on what you count: samples seen, steps, or seconds.",
  problem: "Problem",
  problems: {
    sine: "Noisy sine",
    "ill-conditioned": "Narrow valley",
    spirals: "Two spirals",
    "auto-mpg": "Fuel use of cars",
  },
  about: {
    sine: "A curve through 256 noisy points.",
    "ill-conditioned":
      "A straight line through points far from 0: two weights, and a loss 320 times as steep across as along. The contours show all there is.",
    spirals: "Two spirals in the plane, to be told apart.",
    "auto-mpg": "Miles per gallon of 392 cars from their engine, weight, year and origin.",
  },
  layers: "Hidden layers",
  units: "Units",
  unitsOf: (layer: number) => `Units in layer ${layer}`,
  activation: "Activation",
  optimizer: "Rule",
  optimizers: {
    sgd: "Gradient descent",
    rmsprop: "RMSProp",
    adagrad: "Adagrad",
    adam: "Adam",
    adamw: "AdamW",
  },
  rate: "Learning rate η",
  batches: "Samples in a step",
  batchName: (size: string) => (size === "full" ? "All" : size),
  momenta: "Momentum μ",
  epochs: "Epochs",
  seed: "Seed",
  repeats: "Repeats",
  repeatsNote: "Each from another start. The table then has medians, and from the least to the largest.",
  backend: "Computed by",
  backendNote: "A step of so small a network takes longer to hand to a GPU than to compute: race on WebGL to see it.",
  who: "Who races",
  how: "What on",
  more: "How measured",
  work: (runs: number, steps: number) => `${plural(runs, "run")}, ${steps.toLocaleString("en")} steps in all`,
  start: "Race",
  again: "Race again",
  stop: "Stop",
  status: {
    idle: "",
    starting: "Starting …",
    drawing: "Computing the loss around the paths …",
    drawn: (share: number, left: string) =>
      `Computing the loss around the paths: ${Math.round(100 * share)}\u00a0%. ${left}`,
    racing: (regime: string, done: number, total: number, left: string) =>
      `${done} of ${total} done. Now: ${regime}. ${left}`,
    left: (secondsLeft: number) =>
      secondsLeft < 1 ? "Almost there." : `About ${plural(Math.round(secondsLeft), "second")} left.`,
    ended: "The race is over.",
    stopped: "Stopped. What was measured so far is shown.",
    failed: "No race.",
    stale: "The settings have changed since. Race again to see what they come to.",
  },
  progress: "Progress of the race",
  regime: (size: number | "full", momentum: number | null) =>
    momentum === null ? descents(size) : `${descents(size)} (μ\u00a0${momentum})`,
  by: "Look at it by",
  measures: { epochs: "Epochs", seconds: "Seconds", steps: "Steps" },
  axes: { epochs: "epochs", seconds: "seconds", steps: "steps" },
  moments: {
    epochs: (value: number) => `after ${significant(value, 3)} epochs`,
    seconds: (value: number) => `after ${seconds(value)}`,
    steps: (value: number) => `after ${significant(Math.floor(value), 6)} steps`,
  },
  log: "Logarithmic loss",
  logx: { epochs: "Logarithmic epochs", seconds: "Logarithmic seconds", steps: "Logarithmic steps" },
  replay: "Replay",
  play: "Play",
  pause: "Pause",
  toStart: "To the start",
  toEnd: "To the end",
  position: "Moment of the race",
  lossTitle: "Loss",
  pathsTitle: "Paths",
  lossAxis: "training loss",
  target: "target",
  empty: "Nothing has raced yet.",
  waitForPaths: "The paths are drawn once all have run.",
  noPaths: "No run has a path that can be drawn.",
  slice: {
    parameters:
      "Slope and height of the line are all the weights there are. The stronger the tint, the higher the loss.",
    principal: (both: string, weights: number) =>
      `A plane through the ${weights} weights: the one in which the paths spread most, with ${both} of their spread. The stronger the tint, the higher the loss.`,
    weights: { kernel: "weight", bias: "bias" },
    component: (index: number, share: string) => `direction ${index} (${share})`,
    percent: (share: number) => `${significant(Math.round(100 * share), 3)} %`,
  },
  lossLabel: (moment: string, standings: string) => `Training loss of each regime ${moment}: ${standings}.`,
  lossSoFar: (standings: string) => `Training loss of each regime so far: ${standings}.`,
  pathLabel: (moment: string) => `Contours of the loss, and on them the path of each regime, ${moment}.`,
  standing: (regime: string, loss: string) => `${regime} ${loss}`,
  standings: "Standings",
  single: "Click one to single it out.",
  waiting: "waits",
  runningNow: (share: number) => `${Math.round(100 * share)}\u00a0%`,
  over: "at its end",
  noLoss: "ran away",
  table: {
    title: "What was measured",
    regime: "Regime",
    status: "Ended",
    steps: "Steps",
    samples: "Samples",
    seconds: "Seconds",
    stepsPerSecond: "Steps per second",
    trainingLoss: "Training loss",
    validationLoss: "Validation loss",
    stepsToTarget: "Steps to target",
    epochsToTarget: "Epochs to target",
    secondsToTarget: "Seconds to target",
    noiseAtStart: "Gradient noise, start",
    noiseAtEnd: "Gradient noise, end",
    statuses: { finished: "finished", diverged: "diverged", failed: "failed", stopped: "stopped" },
    counts: (parts: readonly string[]) => parts.join(", "),
    count: (count: number, status: string) => `${count} ${status}`,
    says: (regime: string, message: string) => `${regime}: rivulet says: ${message}`,
    notes:
      "Losses are on all samples. Gradient noise is how far the gradients of batches lie from that of all samples, as a multiple of its length. Seconds are those of the steps alone.",
    target: (loss: number, from: "asked" | "problem" | "best run") =>
      from === "best run"
        ? `The target is a loss of ${significant(loss, 3)}: nine tenths of the deepest fall.`
        : `The target is a loss of ${significant(loss, 3)}.`,
    ran: (backend: string, where: string) => `Computed by ${backend}, in ${where}.`,
    places: { worker: "a worker", page: "the page's own thread" },
    none: "–",
  },
  outcome: "What came out",
  paragraph: (sentences: readonly string[]) => sentences.join(" "),
  findings: {
    noneReached: (target: number) => `None came down to a loss of ${significant(target, 3)}.`,
    first: (target: number, regime: string, epochs: number, time: number) =>
      `${regime} came down to a loss of ${significant(target, 3)} first, by samples and by time: after ${significant(epochs, 3)} epochs and ${seconds(time)}.`,
    fewest: (target: number, regime: string, epochs: number) =>
      `${regime} came down to a loss of ${significant(target, 3)} on the fewest samples: ${significant(epochs, 3)} epochs.`,
    fastest: (regime: string, time: number) => `${regime} took the least time: ${seconds(time)}.`,
    missed: (regimes: readonly string[]) => `${list(regimes)} never got there.`,
    lowest: (regime: string, loss: number) => `Lowest at the end: ${regime}, ${significant(loss, 3)}.`,
    diverged: (regimes: readonly string[]) => `${list(regimes)} diverged: a smaller learning rate helps.`,
    failed: (regimes: readonly string[]) => `${list(regimes)} failed.`,
    stopped: (missing: number, all: number) =>
      `The race was stopped: ${missing} of ${plural(all, "run")} ${missing === 1 ? "is" : "are"} missing or cut short.`,
  },
  faults: {
    start: "The backend did not start.",
    diverged: "The race stopped: the loss ran away.",
    lost: "The GPU went away in the midst of the race. What was measured before is shown.",
    crashed: "The race stopped by an error of its own. Start it again.",
    other: "This cannot be raced as it is set.",
    says: (message: string) => `rivulet says: ${message}`,
    use: (backend: string) => `Race on ${backend}`,
  },
};
