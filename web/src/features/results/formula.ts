import type { Schemas } from "~/api/client";
import type { Figures, MoneyFigure } from "./model";

export type FormulaTerm = Schemas["FormulaTerm"];

const DECIMALS = 8;
const ONE = 10n ** BigInt(DECIMALS);
const HUNDRED = 100n * ONE;

/** A percentage times 10^8, exactly. */
function raw(percent: string): bigint {
  const [, sign = "", whole = "0", part = ""] = /^(-?)(\d+)(?:\.(\d{1,8}))?$/.exec(percent) ?? [];
  const value = BigInt(whole) * ONE + BigInt(part.padEnd(DECIMALS, "0"));
  return sign ? -value : value;
}

function divideHalfAway(value: bigint, by: bigint): bigint {
  const size = value < 0n ? -value : value;
  const rounded = (size + by / 2n) / by;
  return value < 0n ? -rounded : rounded;
}

/** Net revenue in minor units, rounded once, half away from zero, as the server works it out. */
export function netRevenue(terms: readonly FormulaTerm[], figures: Partial<Figures>): number {
  const sum = (names: readonly string[] = []) =>
    names.reduce((all, name) => all + BigInt(figures[name as MoneyFigure] ?? 0), 0n);
  const together = terms.reduce(
    (all, { percent, plus, minus }) => all + raw(percent) * (sum(plus) - sum(minus)),
    0n,
  );
  return Number(divideHalfAway(together, HUNDRED));
}

/** What a percentage of an amount is. */
export function shareOf(minor: number, percent: string): number {
  return Number(divideHalfAway(BigInt(minor) * raw(percent), HUNDRED));
}

interface Voice {
  figure: (name: string) => string;
  percent: (percent: string) => string;
}

/** "Bets − Wins − 20% × (Bets − Wins)". */
export function formulaInWords(terms: readonly FormulaTerm[], { figure, percent }: Voice): string {
  return terms
    .map((term, index) => {
      const isTaken = term.percent.startsWith("-");
      const size = isTaken ? term.percent.slice(1) : term.percent;
      const plus = (term.plus ?? []).map(figure).join(" + ");
      const sum = [plus, ...(term.minus ?? []).map(figure)].join(" − ").trim();
      const isWhole = Number(size) === 100;
      const isAlone = (term.plus ?? []).length === 1 && (term.minus ?? []).length === 0;
      const body = isAlone || (isWhole && !isTaken) ? sum : `(${sum})`;
      const between = index === 0 ? (isTaken ? "−" : "") : isTaken ? " − " : " + ";
      return `${between}${isWhole ? "" : `${percent(size)} × `}${body}`;
    })
    .join("");
}
