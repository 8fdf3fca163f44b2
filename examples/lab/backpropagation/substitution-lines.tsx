import type { ComponentChild } from "preact";
import { number, parentheses, sup, upright } from "../equations/mathml.tsx";
import { significant } from "../texts/numbers.ts";
import type { Substitution, Term } from "./substitutions.ts";
import { QuantitySymbol } from "./symbol.tsx";

const digits = 6;

/** Before these a line may break. */
const links = new Set<Term>(["=", "·", "+"]);

/** Equations with their numbers. On a narrow page a line breaks before a sign, as in a book. */
export function SubstitutionLines({ lines }: { readonly lines: readonly Substitution[] }) {
  return (
    <ul class="substitutions">
      {lines.map((line, index) => (
        <li key={index}>
          <math>
            <QuantitySymbol {...line.quantity} />
          </math>
          {line.steps
            .flatMap((terms) => inPieces(["=", ...terms]))
            .map((piece, at) => (
              <Piece key={at} terms={piece} />
            ))}
          <math>
            <Link>=</Link>
            <mn class="result">{significant(line.result, digits)}</mn>
          </math>
        </li>
      ))}
    </ul>
  );
}

/** An equation cut where it may break. */
function inPieces(terms: readonly Term[]): Term[][] {
  const pieces: Term[][] = [];
  for (const term of terms) {
    if (links.has(term)) pieces.push([term]);
    else pieces.at(-1)?.push(term);
  }
  return pieces;
}

/** MathML sets what is one element: a line of several of them breaks between them. */
function Piece({ terms }: { readonly terms: readonly Term[] }) {
  return (
    <math>
      {terms.map((term) => {
        if (typeof term === "number") return numberPiece(term, terms);
        if (typeof term !== "string") return <QuantitySymbol {...term} />;
        if (links.has(term)) return <Link>{term}</Link>;
        return term === ")²" ? squared : upright(term);
      })}
    </math>
  );
}

/** At the start of a piece it would be set as a sign in front of a number, without space. */
function Link({ children }: { readonly children: ComponentChild }) {
  return (
    <mo lspace="0.25em" rspace="0.25em">
      {children}
    </mo>
  );
}

/** A number below 0 after a sign wants parentheses. */
function numberPiece(value: number, terms: readonly Term[]) {
  const text = <mn>{significant(value, digits)}</mn>;
  const before = terms[terms.indexOf(value) - 1];
  if (value >= 0 || before === "(" || before === "=") return text;
  return parentheses(text);
}

const squared = sup(upright(")"), number(2));
