import * as tf from "@tensorflow/tfjs-core";
import { markdownTable } from "markdown-table";
import {
  explainStep,
  graphSize,
  Sequential,
  useBackend,
  type BackendName,
  type Graph,
  type LossLike,
  type PassName,
  type StepExplanation,
} from "rivulet";
import { Dense, type DenseOptions } from "rivulet/layers";
import { makeRule, type RuleName } from "../regimes/rules.ts";
import { countOf, wrapLines } from "../table/text-width.ts";

type Activation = NonNullable<DenseOptions["activation"]>;

/** The network, what it descends on and by which rule, and where. */
export interface ExplainNetworkOptions {
  /** The units of each hidden layer. */
  readonly layers: readonly number[];
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: Activation;
  readonly outputActivation: Activation;
  readonly loss: LossLike & string;
  readonly optimizer: RuleName;
  readonly momentum?: number;
  readonly batchSize: number;
  /** Passes to leave out. */
  readonly without?: readonly PassName[];
  readonly backend: BackendName | "auto";
}

/**
 * The program of a step of a network of dense layers, in plain text of 80 columns.
 *
 * @throws HyperparameterError, ShapeError, UnknownNameError for options that do not go together; BackendError
 */
export async function explainNetwork(options: ExplainNetworkOptions): Promise<string> {
  const { inputs, layers, outputs, activation, outputActivation, momentum, batchSize, loss, without } = options;
  using optimizer = makeRule(options.optimizer, momentum === undefined ? {} : { momentum });
  const hidden = layers.map((units) => new Dense({ units, activation }));
  const last = new Dense({ units: outputs, activation: outputActivation });
  const { name } = await useBackend(options.backend);
  using model = new Sequential([...hidden, last], { inputShape: [inputs], seed: 1 });
  const y = tf.zeros(loss.startsWith("sparse") ? [batchSize, 1] : [batchSize, outputs]);
  const explained = await explainStep(model, tf.zeros([batchSize, inputs]), y, {
    loss,
    optimizer,
    ...(without && { without }),
  });
  const rule = momentum === undefined ? options.optimizer : `${options.optimizer} with momentum ${momentum}`;
  const activationNames =
    outputActivation === "linear" ? activation : `${String(activation)}, ${String(outputActivation)}`;
  const sizes = [inputs, ...layers, outputs].join("-");
  const title = `A training step of ${sizes} (${String(activationNames)}), batch of ${batchSize}, ${loss}, ${rule}, on ${name}.`;
  const { recorded, compiled } = explained;
  return [
    wrapLines(title),
    `As recorded: ${kernelsOf(recorded)}.`,
    String(recorded),
    `As compiled: ${kernelsOf(compiled)}.`,
    String(compiled),
    tableOf(explained),
    wrapLines(
      "Kernels: copies and reshapes are not counted. Bytes: of the values that the kernels make in a step, not all of " +
        "which are there at the same time; of the constants, which stay.",
    ),
  ].join("\n\n");
}

function kernelsOf(graph: Graph): string {
  return countOf(graphSize(graph).kernels, "kernel");
}

function tableOf({ recorded, passes }: StepExplanation): string {
  const rowOf = (stage: string, graph: Graph) => {
    const { kernels, bytes, constantBytes } = graphSize(graph);
    return [stage, ...[kernels, bytes, constantBytes].map((count) => count.toLocaleString("en"))];
  };
  const rows = [rowOf("as recorded", recorded), ...passes.map(({ pass, graph }) => rowOf(pass, graph))];
  return markdownTable([["after", "kernels", "bytes", "of constants"], ...rows], { align: ["l", "r", "r", "r"] });
}
