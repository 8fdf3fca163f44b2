import { fixed, minus, significant } from "../numbers.ts";

const backends = {
  auto: "Best there is",
  webgl: "WebGL",
  wasm: "WebAssembly",
  cpu: "JavaScript",
  webgpu: "WebGPU",
};

const plural = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

export const fit = {
  title: "Fit a curve",
  lead: "A small network learns from points by descent on its loss, here, while you watch. Choose data or draw some, then train.",
  dataset: "Data",
  datasets: {
    sine: "Noisy sine",
    line: "Line",
    parabola: "Parabola",
    steps: "Steps",
    curve: "Your own curve",
    circles: "Circles",
    xor: "XOR",
    moons: "Two moons",
    spirals: "Two spirals",
    classes: "Your own classes",
  },
  kinds: { 1: "One input, a curve", 2: "Two inputs, two classes" },
  transport: "Training",
  train: "Train",
  pause: "Pause",
  step: "One step",
  epoch: "One epoch",
  reset: "Reset",
  again: "Train again",
  status: {
    starting: "Starting …",
    training: "Training …",
    held: "Stands still",
    noPoints: "No data yet",
    stopped: "Stopped",
  },
  counts: (epoch: number, step: number) => `Epoch ${epoch}, step ${step}`,
  chart: {
    curve: (count: number, epoch: number) =>
      `${plural(count, "point")} and the curve that the network makes of them after ${plural(epoch, "epoch")}.`,
    classes: (count: number, epoch: number) =>
      `${plural(count, "point")} of two classes, and what the network holds for which class after ${plural(epoch, "epoch")}.`,
    fitted: "The network",
    trained: "Trained on",
    validated: "For validation",
    group: (name: string) => `Class ${name}`,
    border: "As likely one as the other",
    empty: "Click or tap here to set points, or drop a CSV file.",
    fewer: (fewest: number) => `A network needs ${fewest} points at least. Set some more.`,
  },
  draw: {
    legend: "Click or drag on the chart to",
    point: "set points",
    group0: "set class A",
    group1: "set class B",
    erase: "take points away",
    clear: "Clear",
    file: "Open a CSV file …",
    drop: "Drop the file to learn from it",
    pad: "Points",
    help: "With the arrow keys move the cross, with Shift further. Enter does what is chosen above the chart. Delete takes the nearest point away.",
    at: (x: string, y: string, count: number) => `${x}, ${y}. ${plural(count, "point")}.`,
    full: (most: number) => `More than ${most} points do not fit in a link. Take some away first.`,
  },
  csv: {
    read: (name: string, rows: number, points: number) =>
      rows === points
        ? `${name}: ${plural(rows, "row")} read. Columns are scaled to −1 … 1 for the network.`
        : `${name}: of ${plural(rows, "row")}, ${points} are taken, evenly over the file: a link holds no more. Columns are scaled to −1 … 1 for the network.`,
    failed: (name: string, problem: string) => `${name} was not read. ${problem} What was here before goes on.`,
    problems: {
      tooLarge: (most: number) => `It is larger than ${most / 1e6} MB. Keep some hundred rows.`,
      noText: "It is not a text in UTF-8. Save it as a CSV file, in UTF-8.",
      empty: "There is nothing in it. Put an input and its target in each row, separated by a comma.",
      fewRows: (rows: number, fewest: number) => `It has ${plural(rows, "row")} of numbers. Give ${fewest} at least.`,
      columns: (columns: number) =>
        `Its first row has ${plural(columns, "column")}. Give two, an input and its target, or three, two inputs and a class.`,
      quotes: (row: number) =>
        `In row ${row} a quotation mark is not closed, or stands in the wrong place. Mend it there.`,
      ragged: (row: number, cells: number, columns: number) =>
        `Row ${row} has ${plural(cells, "cell")}, not ${columns} as the first one. Mend it there.`,
      noNumber: (row: number, column: string, cell: string) =>
        cell === ""
          ? `In row ${row}, column “${column}”, there is nothing. Fill in a number, or drop the row.`
          : `In row ${row}, column “${column}”, “${cell}” is no number. Mend it there, or drop the row.`,
      constant: (column: string, cell: string) =>
        `Column “${column}” has ${cell} in every row: nothing can be learnt from that. Give one that varies.`,
      classes: (column: string, count: number) =>
        `Column “${column}” has ${plural(count, "different value")}. A class is one of two: give a column with two.`,
    },
    unreadable: "The browser could not open it. Try again, or copy the file to another folder.",
    oneFile: "Drop one file, not several.",
  },
  network: "Network",
  layers: "Hidden layers",
  unitsOf: (layer: number) => `Units in layer ${layer}`,
  units: "Units",
  activation: "Activation",
  activations: {
    tanh: "tanh",
    sigmoid: "sigmoid",
    relu: "ReLU",
    leakyRelu: "leaky ReLU",
    elu: "ELU",
    softplus: "softplus",
    gelu: "GELU",
    linear: "none (linear)",
  },
  descent: "Descent",
  loss: "Loss",
  losses: {
    meanSquaredError: "Mean squared error",
    meanAbsoluteError: "Mean absolute error",
    huber: "Huber",
    binaryCrossentropyFromLogits: "Cross-entropy from logits",
    binaryCrossentropy: "Cross-entropy",
  },
  optimizer: "Rule",
  optimizers: {
    sgd: "Gradient descent",
    nesterov: "Nesterov",
    adagrad: "Adagrad",
    rmsprop: "RMSProp",
    adam: "Adam",
    adamw: "AdamW",
  },
  rate: "Learning rate η",
  momentum: "Momentum μ",
  batch: "Batch size",
  batches: (size: string) =>
    size === "full" ? "Full: batch descent" : size === "1" ? "1: stochastic descent" : `${size}: mini-batches`,
  seed: "Seed",
  backend: "Computed by",
  backends,
  anew: "Whatever you change, training begins anew from the same start.",
  lossChart: {
    title: "Loss",
    x: "epoch",
    y: "loss",
    log: "Logarithmic",
    training: "Training",
    validation: "Validation",
    label: (epoch: number, training: string, validation: string | undefined) =>
      `Loss by epoch: after ${plural(epoch, "epoch")} ${training} in training` +
      (validation === undefined ? "." : ` and ${validation} in validation.`),
    explanation: "Training: the mean over the epoch, while the weights move. Validation: after it.",
  },
  numbers: {
    title: "Now",
    loss: "Training loss",
    validation: "Validation loss",
    lossNow: "Loss at these weights",
    accuracy: "Right in training",
    validationAccuracy: "Right in validation",
    samples: "Points",
    sampleCounts: (trained: number, validated: number) => `${trained} to train on, ${validated} for validation`,
    parameters: "Parameters",
    percent: (share: number) => `${fixed(100 * share, 1)} %`,
    none: "–",
  },
  running: {
    title: "What runs",
    backend: "Backend",
    device: (name: keyof typeof backends, gpu: string | undefined, threads: number | undefined) =>
      `${backends[name]}, ${gpu ?? plural(threads ?? 1, "thread")}`,
    software: "drawn in software, without a GPU: WebAssembly is faster here",
    coarse: "16-bit floats: too coarse to train well",
    place: "Where",
    places: { worker: "a worker, beside the page", page: "the page's own thread, in slices" },
    step: "A step",
    compiled: (kernels: number | undefined) =>
      kernels === undefined ? "compiled" : `compiled: ${plural(kernels, "kernel")}`,
    asWritten: (reason: string) => `as it is written: ${reason}`,
    notYet: "compiled in the first steps",
    speed: "Speed",
    perSecond: (steps: number) => `${significant(steps, 3)} steps per second`,
    still: "stands still",
    failed: (name: string, reason: string) => `${name} did not start: ${reason}`,
  },
  hidden: {
    title: "Hidden units",
    explanation: {
      1: "What each unit makes of x. The output is a weighted sum of the last layer's.",
      2: "What each unit makes of the plane: the stronger the colour, the further from 0. A line marks 0. The output is a weighted sum of the last layer's.",
    },
    layer: (layer: number, units: number) => `Layer ${layer}: ${plural(units, "unit")}`,
    first: (count: number) => `the first ${count} of them`,
    none: "There is no hidden layer: the output is a straight line or plane of the inputs.",
  },
  faults: {
    start: "The backend did not start.",
    diverged: "Training stopped: the loss ran away. The picture shows the last weights that were finite.",
    lost: "The GPU went away in the midst of training.",
    crashed: "The training stopped by an error of its own. Start it again.",
    other: "This cannot be trained as it is set.",
    says: (message: string) => `rivulet says: ${message}`,
    use: (backend: string) => `Use ${backend}`,
    goOn: (backend: string) => `Go on with ${backend}`,
    slower: (rate: number) => `Learning rate ${minus(rate)}`,
    restart: "Start again",
  },
};
