import * as z from "zod/mini";
import { choiceField } from "../shell/fields.ts";
import { texts } from "../shell/language.ts";
import { PageState } from "../shell/page-state.ts";

export const state = new PageState(z.strictObject({ f: choiceField(["bowl"]) }), () => ({ f: "bowl" as const }));

export function View() {
  return <h1>{texts.value.backpropagation.title}</h1>;
}
