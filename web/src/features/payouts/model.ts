import type { Schemas } from "~/api/client";
import type { MoneyValue } from "~/ui/format";

export type Owed = Schemas["OwedOut"];
export type OwedStanding = Schemas["OwedStanding"];
export type OwedList = Schemas["OwedList"];
export type Batch = Schemas["BatchOut"];
export type BatchDetail = Schemas["BatchDetail"];
export type Payout = Schemas["PayoutOut"];
export type PayoutState = Schemas["PayoutState"];
export type Method = Schemas["PayoutMethod"];
export const METHODS = [
  "sepa",
  "paypal",
  "wise",
  "usdt_trc20",
  "usdt_erc20",
  "capitalist",
  "payoneer",
  "paxum",
  "csv",
  "external",
] as const satisfies readonly Method[];
export type Balance = Schemas["PartnerBalance"];
export type NextPayout = Schemas["NextPayout"];
export const BATCH_STATES = [
  "drawing",
  "awaiting_approval",
  "approved",
  "sending",
  "sent",
  "rejected",
  "doubtful",
] as const satisfies readonly Batch["state"][];
export const PAYOUT_STATES = [
  "in_transit",
  "paid",
  "failed",
  "returned",
] as const satisfies readonly PayoutState[];
export type Names = Readonly<Record<string, string>>;
export type StatementLine = Schemas["StatementLine"] & { names: Names };

export function sumOf(amounts: readonly MoneyValue[], currency: string): MoneyValue {
  return { minor: amounts.reduce((sum, { minor }) => sum + minor, 0), currency };
}
