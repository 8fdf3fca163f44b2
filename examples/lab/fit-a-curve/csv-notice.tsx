import { texts } from "../shell/language.ts";
import { Notice } from "../shell/notice.tsx";
import { outcome, type CsvOutcome } from "./csv.ts";

/** What came of a file. */
export function CsvNotice() {
  const { csv } = texts.value.fit;
  if (outcome.value === undefined) return null;
  const { name } = outcome.value;
  return (
    <div data-csv={outcome.value.kind}>
      <Notice onDismiss={() => (outcome.value = undefined)}>
        {outcome.value.kind === "read"
          ? csv.read(name, outcome.value.rows, outcome.value.points)
          : csv.failed(name, describe(outcome.value.problem))}
      </Notice>
    </div>
  );
}

function describe(problem: Extract<CsvOutcome, { kind: "failed" }>["problem"]): string {
  const { csv } = texts.value.fit;
  const { problems } = csv;
  switch (problem.kind) {
    case "tooLarge":
      return problems.tooLarge(problem.most);
    case "noText":
      return problems.noText;
    case "empty":
      return problems.empty;
    case "fewRows":
      return problems.fewRows(problem.rows, problem.fewest);
    case "columns":
      return problems.columns(problem.columns);
    case "quotes":
      return problems.quotes(problem.row);
    case "ragged":
      return problems.ragged(problem.row, problem.cells, problem.columns);
    case "noNumber":
      return problems.noNumber(problem.row, problem.column, problem.cell);
    case "constant":
      return problems.constant(problem.column, problem.cell);
    case "classes":
      return problems.classes(problem.column, problem.count);
    case "unreadable":
    case "oneFile":
    default:
      return csv[problem.kind];
  }
}
