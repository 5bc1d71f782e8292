import type { Schemas } from "~/api/client";
import type { MoneyValue } from "~/ui/format";

export type Owed = Schemas["OwedOut"];
export type OwedList = Schemas["OwedList"];
export type Batch = Schemas["BatchOut"];
export type BatchDetail = Schemas["BatchDetail"];
export type Payout = Schemas["PayoutOut"];
export type PayoutState = Schemas["PayoutState"];
export type Method = Schemas["PayoutMethod"];
export type Balance = Schemas["PartnerBalance"];
export type NextPayout = Schemas["NextPayout"];
export type Names = Readonly<Record<string, string>>;
export type StatementLine = Schemas["StatementLine"] & { names: Names };

export function sumOf(amounts: readonly MoneyValue[], currency: string): MoneyValue {
  return { minor: amounts.reduce((sum, { minor }) => sum + minor, 0), currency };
}
