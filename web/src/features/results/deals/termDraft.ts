import type { FormulaTerm } from "../formula";
import type { MoneyFigure } from "../model";

/** A term while it is typed. */
export interface TermDraft {
  key: string;
  percent: number | null;
  plus: MoneyFigure[];
  minus: MoneyFigure[];
}

export function newTerm(percent = 100): TermDraft {
  return { key: crypto.randomUUID(), percent, plus: [], minus: [] };
}

/** What most brands of games begin with. */
export function usualTerms(): TermDraft[] {
  return [{ ...newTerm(), plus: ["bets"], minus: ["wins", "bonus"] }];
}

export function draftsOf(terms: readonly FormulaTerm[]): TermDraft[] {
  return terms.map(({ percent, plus = [], minus = [] }) => ({
    key: crypto.randomUUID(),
    percent: Number(percent),
    plus: plus as MoneyFigure[],
    minus: minus as MoneyFigure[],
  }));
}

/** The terms that are whole. */
export function termsOf(drafts: readonly TermDraft[]): FormulaTerm[] {
  return drafts
    .filter(isWhole)
    .map(({ percent, plus, minus }) => ({ percent: String(percent), plus, minus }));
}

export function isWhole({ percent, plus, minus }: TermDraft): boolean {
  return percent !== null && percent !== 0 && plus.length + minus.length > 0;
}
