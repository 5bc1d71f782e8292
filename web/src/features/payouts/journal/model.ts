import type { Schemas } from "~/api/client";
import type { MoneyValue } from "~/ui/format";

export type JournalEntry = Schemas["JournalEntryOut"];
export type EntryDetail = Schemas["JournalEntryDetail"];
export type Posting = Schemas["PostingOut"];
export type AccountTotal = Schemas["AccountOut"];
export type Account = Schemas["Account"];
export type EntryKind = Schemas["EntryKind"];

/** Whose part of an account a posting touches: a partner's, an advertiser's, or nobody's. */
export function ownerOf(posting: Pick<Posting, "partner_id" | "advertiser_id">): string | undefined {
  return posting.partner_id ?? posting.advertiser_id ?? undefined;
}

/** What an entry moved, a sum for each currency: its debits, which are its credits. */
export function movedBy(postings: readonly Posting[]): MoneyValue[] {
  const sums = new Map<string, number>();
  for (const { currency, debit_minor } of postings)
    sums.set(currency, (sums.get(currency) ?? 0) + debit_minor);
  return [...sums].map(([currency, minor]) => ({ currency, minor }));
}

/** Debits and credits of one currency over all accounts. */
export interface Sides {
  currency: string;
  debit: number;
  credit: number;
}

/** Both sides of each currency: equal in a book that was kept. */
export function sidesOf(totals: readonly AccountTotal[]): Sides[] {
  const sides = new Map<string, Sides>();
  for (const { currency, debit_minor, credit_minor } of totals) {
    const before = sides.get(currency) ?? { currency, debit: 0, credit: 0 };
    sides.set(currency, {
      currency,
      debit: before.debit + debit_minor,
      credit: before.credit + credit_minor,
    });
  }
  return [...sides.values()];
}

/** The accounts that an entry touched on one side, each once. */
export function accountsOn(side: "debit" | "credit", postings: readonly Posting[]): Account[] {
  const touched = postings.filter((posting) => posting[`${side}_minor`] > 0);
  return [...new Set(touched.map(({ account }) => account))];
}
