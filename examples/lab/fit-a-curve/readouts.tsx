import type { ComponentChildren } from "preact";
import { texts } from "../shell/language.ts";
import { significant } from "../texts/numbers.ts";
import type { Frame, Running } from "../training/messages.ts";
import type { TrainingTask } from "../training/task.ts";
import { place, shown } from "./run.ts";

/** The numbers of the moment, and what computes them. */
export function Readouts() {
  const { fit } = texts.value;
  if (shown.value === undefined) return null;
  const { frame, task } = shown.value;
  return (
    <section class="fit-readouts">
      <h2>{fit.numbers.title}</h2>
      <dl>
        <Losses frame={frame} task={task} />
        <Row name={fit.numbers.parameters}>{countParameters(task)}</Row>
        <Row name={fit.numbers.samples}>
          {fit.numbers.sampleCounts(task.training.count, task.validation?.count ?? 0)}
        </Row>
      </dl>
      <h2>{fit.running.title}</h2>
      <dl>
        <What running={frame.running} />
        <Row name={fit.running.speed} id="speed">
          {frame.stepsPerSecond === undefined ? fit.running.still : fit.running.perSecond(frame.stepsPerSecond)}
        </Row>
      </dl>
    </section>
  );
}

interface RowProps {
  readonly name: string;
  readonly children: ComponentChildren;
  readonly id?: string;
  /** The number as it is, where the text is rounded. */
  readonly exact?: number | undefined;
}

function Row({ name, children, id, exact }: RowProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd data-readout={id} data-exact={exact}>
        {children}
      </dd>
    </div>
  );
}

function Losses({ frame, task }: { readonly frame: Frame; readonly task: TrainingTask }) {
  const { numbers } = texts.value.fit;
  const { loss, val_loss: validation, accuracy, val_accuracy: validationAccuracy } = frame.measured;
  const value = (number: number | undefined) => (number === undefined ? numbers.none : significant(number, 5));
  const share = (number: number | undefined) => (number === undefined ? numbers.none : numbers.percent(number));
  return (
    <>
      <Row name={numbers.loss} id="loss" exact={loss}>
        {value(loss)}
      </Row>
      <Row name={numbers.validation} id="validation" exact={validation}>
        {value(validation)}
      </Row>
      {task.inputs === 2 && <Row name={numbers.accuracy}>{share(accuracy)}</Row>}
      {task.inputs === 2 && <Row name={numbers.validationAccuracy}>{share(validationAccuracy)}</Row>}
      <Row name={numbers.lossNow} id="now" exact={frame.lossNow}>
        {value(frame.lossNow)}
      </Row>
    </>
  );
}

/** What drivers call themselves that have no GPU. */
const inSoftware = /SwiftShader|llvmpipe|softpipe|Basic Render/i;

function What({ running: { name, gpu, threads, precision, failed, steps } }: { readonly running: Running }) {
  const { running } = texts.value.fit;
  return (
    <>
      <Row name={running.backend} id="backend">
        <span data-backend={name}>{name === "tensorflow" ? name : running.device(name, gpu, threads)}</span>
        {gpu !== undefined && inSoftware.test(gpu) && <span class="fit-remark">{running.software}</span>}
        {precision === 16 && <span class="fit-remark">{running.coarse}</span>}
        {failed.map((attempt) => (
          <span key={attempt.name} class="fit-remark">
            {running.failed(attempt.name, attempt.reason)}
          </span>
        ))}
      </Row>
      {place.value !== undefined && <Row name={running.place}>{running.places[place.value]}</Row>}
      <Row name={running.step} id="step">
        {howStepsRun(steps)}
      </Row>
    </>
  );
}

function howStepsRun(steps: Running["steps"]): string {
  const { running } = texts.value.fit;
  if (steps === undefined) return running.notYet;
  if (steps.compiled) return running.compiled(steps.kernels);
  return steps.notCompiled === undefined ? running.notYet : running.asWritten(steps.notCompiled);
}

/** Weights and biases of all layers. */
function countParameters({ inputs, hidden }: TrainingTask): number {
  const sizes = [inputs, ...hidden, 1];
  return sizes.slice(1).reduce((sum, units, index) => sum + ((sizes[index] ?? 0) + 1) * units, 0);
}
