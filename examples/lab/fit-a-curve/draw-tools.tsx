import { useRef } from "preact/hooks";
import { texts } from "../shell/language.ts";
import { openFiles } from "./csv.ts";
import { inputsOf } from "./data/datasets.ts";
import { mostPoints } from "./data/encode-points.ts";
import { chooseTool, clearPoints, isFull, tool, tools } from "./drawing.ts";
import { state } from "./state.ts";

/** What a click on the chart does, and where else points come from. */
export function DrawTools() {
  const { draw } = texts.value.fit;
  const inputs = inputsOf(state.value.data);
  return (
    <div class="fit-tools">
      <fieldset class="fit-choice">
        <legend>{draw.legend}</legend>
        {tools[inputs].map((name) => (
          <label key={name}>
            <input
              type="radio"
              name="tool"
              value={name}
              checked={tool.value === name}
              onChange={() => chooseTool(name)}
            />
            <span>{draw[name]}</span>
          </label>
        ))}
      </fieldset>
      <div class="buttons">
        <button type="button" onClick={clearPoints}>
          {draw.clear}
        </button>
        <FileButton />
      </div>
      {isFull.value && (
        <p class="fit-note" role="status">
          {draw.full(mostPoints)}
        </p>
      )}
    </div>
  );
}

function FileButton() {
  const { draw } = texts.value.fit;
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" onClick={() => input.current?.click()}>
        {draw.file}
      </button>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        hidden
        onChange={({ currentTarget }) => {
          void openFiles([...(currentTarget.files ?? [])]);
          // The same file may be chosen again, when it was mended.
          currentTarget.value = "";
        }}
      />
    </>
  );
}
