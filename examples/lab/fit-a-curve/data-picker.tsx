import { texts } from "../shell/language.ts";
import { classNames, curveNames, inputsOf, makePoints, type DataName } from "./data/datasets.ts";
import { edge, type Point } from "./data/point.ts";
import { chooseData, state } from "./state.ts";

const groups = {
  1: [...curveNames, "curve"],
  2: [...classNames, "classes"],
} as const satisfies Record<1 | 2, readonly DataName[]>;

/** The data to choose from, each with a small picture of it. */
export function DataPicker() {
  const { fit } = texts.value;
  return (
    <section class="fit-data">
      <h2 class="unseen">{fit.dataset}</h2>
      {([1, 2] as const).map((inputs) => (
        <fieldset key={inputs} class="control">
          <legend>{fit.kinds[inputs]}</legend>
          <div class="fit-tiles">
            {groups[inputs].map((name) => (
              <Tile key={name} name={name} />
            ))}
          </div>
        </fieldset>
      ))}
    </section>
  );
}

function Tile({ name }: { readonly name: DataName }) {
  const { data, points } = state.value;
  const shown = name === "curve" || name === "classes" ? (data === name ? points : []) : made(name);
  return (
    <label class="fit-tile">
      <input type="radio" name="data" value={name} checked={data === name} onChange={() => chooseData(name)} />
      <Picture points={shown} isOwn={name === "curve" || name === "classes"} inputs={inputsOf(name)} />
      <span>{texts.value.fit.datasets[name]}</span>
    </label>
  );
}

const pictures = new Map<string, readonly Point[]>();

function made(name: Exclude<DataName, "curve" | "classes">): readonly Point[] {
  const points = pictures.get(name) ?? makePoints(name);
  pictures.set(name, points);
  return points;
}

interface PictureProps {
  readonly points: readonly Point[];
  readonly isOwn: boolean;
  readonly inputs: 1 | 2;
}

function Picture({ points, isOwn, inputs }: PictureProps) {
  return (
    <svg viewBox={`${-edge} ${-edge} ${2 * edge} ${2 * edge}`} aria-hidden="true">
      {points.map(({ x, y, group }, index) => (
        <circle key={index} cx={x} cy={-y} r={0.07} class={inputs === 1 ? "fit-dot" : `fit-dot-${group}`} />
      ))}
      {isOwn && points.length === 0 && <path class="fit-plus" d="M-0.45 0H0.45M0-0.45V0.45" />}
    </svg>
  );
}
