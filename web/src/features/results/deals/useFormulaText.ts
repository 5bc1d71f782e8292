import { useWords } from "~/domain/words";
import { percentText } from "~/features/plans/payoutWords";
import { useFormat } from "~/ui/format";
import { type FormulaTerm, formulaInWords } from "../formula";

/** A formula in the person's language. */
export function useFormulaText(): (terms: readonly FormulaTerm[]) => string {
  const word = useWords();
  const format = useFormat();
  return (terms) =>
    formulaInWords(terms, {
      figure: (name) => word("result_figure", name),
      percent: (percent) => percentText(format, percent),
    });
}
