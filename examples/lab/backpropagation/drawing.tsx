import { useWidth } from "../charts/use-width.ts";
import { texts } from "../shell/language.ts";
import { BoxDrawing, type BoxLine } from "./box-drawing.tsx";
import { acrossLayout, downLayout, type Box, type Layout } from "./drawing-layout.ts";
import { EdgeDrawing, type Emphasis } from "./edge-drawing.tsx";
import type { LayerNumbers, LayerPass, Network, Passes } from "./network.ts";
import { isReached, type Stage } from "./stages.ts";

interface DrawingProps {
  readonly network: Network;
  readonly passes: Passes;
  readonly stage: Stage;
}

/** Below this the drawing goes from top to bottom: its numbers would be too small to read. */
const leastWidth = 760;

const layouts = { across: acrossLayout(), down: downLayout() };

/** The network with every number that is known by this stage; what the stage finds stands out. */
export function Drawing({ network, passes, stage }: DrawingProps) {
  const { ref, width } = useWidth<HTMLDivElement>();
  const isAcross = width >= leastWidth;
  const layout = layouts[isAcross ? "across" : "down"];
  const { backpropagation } = texts.value;
  return (
    <div ref={ref} class="network-drawing">
      {width > 0 && (
        <svg
          viewBox={`0 0 ${layout.width} ${layout.height}`}
          role="img"
          aria-label={backpropagation.drawing(backpropagation.stages[stage].title)}
        >
          <Edges layout={layout} {...{ network, passes, stage }} />
          <Boxes layout={layout} {...{ network, passes, stage }} />
        </svg>
      )}
    </div>
  );
}

type PartProps = DrawingProps & { readonly layout: Layout };

function Edges({ layout, network, passes, stage }: PartProps) {
  return (
    <>
      {layout.costEdges.map((edge, index) => (
        <EdgeDrawing
          key={index}
          edge={edge}
          emphasis={stage === "cost" ? "forward" : stage === "bp1" ? "backward" : ""}
        />
      ))}
      <LayerEdges
        edges={layout.hiddenEdges}
        layer={network.hidden}
        pass={passes.hidden}
        stage={stage}
        emphasis={emphasisAt(stage, ["hidden"], ["bp4"])}
      />
      <LayerEdges
        edges={layout.outputEdges}
        layer={network.output}
        pass={passes.output}
        stage={stage}
        emphasis={emphasisAt(stage, ["output"], ["bp2", "bp4"])}
      />
    </>
  );
}

function emphasisAt(stage: Stage, forward: readonly Stage[], backward: readonly Stage[]): Emphasis {
  if (forward.includes(stage)) return "forward";
  return backward.includes(stage) ? "backward" : "";
}

interface LayerEdgesProps {
  readonly edges: Layout["hiddenEdges"];
  readonly layer: LayerNumbers;
  readonly pass: LayerPass;
  readonly stage: Stage;
  readonly emphasis: Emphasis;
}

function LayerEdges({ edges, layer, pass, stage, emphasis }: LayerEdgesProps) {
  const pairs = [0, 1] as const;
  return (
    <>
      {edges.map((row, j) =>
        row.map((edge, k) => {
          const [to, from] = [pairs[j] ?? 0, pairs[k] ?? 0];
          const gradient = isReached("bp4", stage) ? pass.weightGradients[to][from] : undefined;
          return (
            <EdgeDrawing
              key={`${j}${k}`}
              {...{ edge, emphasis, gradient }}
              weight={layer.weights[to][from]}
              stage={stage}
            />
          );
        }),
      )}
    </>
  );
}

function Boxes({ layout, network, passes, stage }: PartProps) {
  const { backpropagation } = texts.value;
  return (
    <>
      {layout.inputs.map((box, k) => (
        <BoxDrawing key={k} box={box} title={`i${subscripts[k]}`} lines={[{ name: "x", value: network.inputs[k] }]} />
      ))}
      {layout.hidden.map((box, j) => (
        <Neuron
          key={j}
          name={`h${subscripts[j]}`}
          {...{ box, j, stage }}
          layer={network.hidden}
          pass={passes.hidden}
          isHidden
        />
      ))}
      {layout.outputs.map((box, j) => (
        <Neuron key={j} name={`o${subscripts[j]}`} {...{ box, j, stage }} layer={network.output} pass={passes.output} />
      ))}
      <BoxDrawing
        box={layout.cost}
        title={backpropagation.cost}
        lines={[
          { name: "y₁", value: network.targets[0] },
          { name: "y₂", value: network.targets[1] },
          {
            name: "C",
            value: isReached("cost", stage) ? passes.cost : undefined,
            emphasis: stage === "cost" ? "forward" : "",
          },
        ]}
      />
    </>
  );
}

const subscripts = ["₁", "₂"];

interface NeuronProps {
  readonly name: string;
  readonly box: Box;
  readonly j: number;
  readonly layer: LayerNumbers;
  readonly pass: LayerPass;
  readonly stage: Stage;
  readonly isHidden?: boolean;
}

function Neuron({ name, box, j, layer, pass, stage, isHidden = false }: NeuronProps) {
  const [own, error] = isHidden ? (["hidden", "bp2"] as const) : (["output", "bp1"] as const);
  const line = (letter: string, values: readonly number[], since: Stage, kind: Emphasis): BoxLine => ({
    name: letter,
    value: isReached(since, stage) ? values[j] : undefined,
    emphasis: stage === since ? kind : "",
  });
  const lines = [
    line("b", layer.biases, "network", ""),
    line("z", pass.z, own, "forward"),
    line("a", pass.a, own, "forward"),
    line("δ", pass.delta, error, "backward"),
    line("∂C/∂b", pass.biasGradients, "bp3", "backward"),
  ];
  return <BoxDrawing box={box} title={name} lines={lines} />;
}
