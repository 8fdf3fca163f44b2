export const backpropagation = {
  title: "Back-propagation",
  lead: "A network of two inputs, two hidden and two output neurons, with every number in sight: forward to the cost, then back, one equation at a time.",
  stageList: "Equations",
  previous: "Previous",
  next: "Next",
  auto: "Auto",
  pause: "Pause",
  cost: "Cost",
  drawing: (stage: string) =>
    `The network: two inputs, two hidden neurons, two output neurons and the cost, with the numbers that are known by “${stage}”. The lists and the table below have the same numbers.`,
  stages: {
    network: {
      title: "The network",
      about: "Each neuron has a bias, each connection a weight. The inputs are x, the targets y. Go on by “Next”.",
    },
    hidden: {
      title: "Forward, hidden layer",
      about: "Each neuron weighs its inputs, adds its bias, and passes the sum z through the sigmoid σ.",
    },
    output: { title: "Forward, output layer", about: "The same again, with the hidden activations as inputs." },
    cost: { title: "The cost", about: "Half the squared distance between the targets and what came out." },
    bp1: {
      title: "BP1: the output error",
      about:
        "δ says how fast the cost grows with a neuron’s weighted input z. ⊙ multiplies element by element, and σ′(z) = a (1 − a).",
    },
    bp2: {
      title: "BP2: the error, a layer back",
      about: "The errors go back along the weights that the activations came forward on, then through σ′.",
    },
    bp3: { title: "BP3: the biases", about: "A bias is added to z as it stands, so its gradient is δ itself." },
    bp4: {
      title: "BP4: the weights",
      about:
        "A weight’s gradient is the activation at its start times the error at its end. In the hidden layer a is the input x.",
    },
  },
  numbers: "Change the numbers",
  numbersNote: "Everything follows at once.",
  groups: { data: "Inputs and targets", hidden: "Hidden layer", output: "Output layer" },
  reset: "Back to the first numbers",
  comparison: {
    title: "Three ways to the same gradients",
    about: (nudge: number) =>
      `By the four equations; by automatic differentiation, one backward pass of the library; and by nudging each weight by ${nudge} up and down and running forward each time.`,
    quantity: "Quantity",
    equations: "Equations",
    automatic: "Automatic",
    nudged: "Nudged",
    check: (passed: boolean, error: string, passes: number) =>
      `Automatic and nudged gradients differ by ${error}, as ‖a\u00a0−\u00a0n‖\u00a0/\u00a0(‖a‖\u00a0+\u00a0‖n‖): ${passed ? "each parameter is within 0.001" : "above 0.001 for some parameter, where float32 rounds away what a nudge changes"}. Nudging took ${passes} forward passes.`,
  },
};
