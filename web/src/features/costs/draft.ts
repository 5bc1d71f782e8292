import { currencyDigits, majorUnits } from "~/ui/format-money";
import type { Cost, CostCategory } from "./model";

/** What stands in the form; the amount as it is typed. */
export interface Draft {
  category: CostCategory;
  isMonth: boolean;
  day: string;
  month: string;
  amount: number | string;
  currency: string;
  partner: string | null;
  offer: string | null;
  advertiser: string | null;
  note: string;
}

const MONTH_CHARS = "2026-11".length;

export function draftOf(cost: Cost | undefined, own: string): Draft {
  const isMonth = cost?.date.length === MONTH_CHARS;
  return {
    category: cost?.category ?? "ads",
    isMonth,
    day: cost && !isMonth ? cost.date : "",
    month: cost && isMonth ? cost.date : "",
    amount: cost ? majorUnits(cost.amount.minor, cost.amount.currency) : "",
    currency: cost?.amount.currency ?? own,
    partner: cost?.partner_id ?? null,
    offer: cost?.offer_id ?? null,
    advertiser: cost?.offer_id ? null : (cost?.advertiser_id ?? null),
    note: cost?.note ?? "",
  };
}

/** The cost as the API takes it: an offer brings its advertiser along. */
export function bodyOfDraft(draft: Draft) {
  const { category, currency, offer } = draft;
  return {
    category,
    date: draft.isMonth ? draft.month : draft.day,
    amount: { minor: Math.round(Number(draft.amount) * 10 ** currencyDigits(currency)), currency },
    partner_id: draft.partner,
    offer_id: offer,
    advertiser_id: offer ? null : draft.advertiser,
    note: draft.note.trim() || null,
  };
}

export function isReady(draft: Draft): boolean {
  return (draft.isMonth ? draft.month : draft.day) !== "" && Number(draft.amount) !== 0;
}
