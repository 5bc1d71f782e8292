import type { Schemas } from "~/api/client";
import type { MoneyValue } from "~/ui/format";

type Listed = Schemas["ConversionOut"];
type Evidence = Schemas["Evidence"];
type Detailed = Schemas["ConversionDetail"];

export type Status = Schemas["Status"];
export type Reason = Schemas["ConversionReason"];
export type Move = Schemas["MoveOut"];
export type Commission = Schemas["CommissionOut"];
export type Item = Schemas["ItemOut"];
export type Judgement = Schemas["BulkAction"];
/** Names by printed id, as the API gives them beside a list. */
export type Names = Readonly<Record<string, string>>;

/** What is kept of the click on the conversion. What a reader may not see, or nobody knew, is absent or empty. */
export interface ClickFacts {
  country?: string;
  subs?: string[];
  source_id?: string;
}

/** A conversion as a list shows it. Partners get no evidence and no revenue, advertisers no earnings. */
export type Conversion = Omit<Listed, keyof Evidence | "click"> &
  Partial<Omit<Evidence, "adv">> & { click: ClickFacts; adv?: (string | null)[]; names: Names };

/** A conversion with all that happened to it. */
export type ConversionDetail = Conversion &
  Pick<Detailed, "commissions" | "items" | "moves"> &
  Partial<Pick<Detailed, "clocks">>;

export type Receipt = Schemas["ReceiptOut"] & { names: Names };

/** What a bulk judgement did, or would do. */
export type BulkOutcome = Schemas["BulkOutcome"];
export type BulkAmounts = Schemas["BulkAmounts"];

/** An id no name is known of, short enough for a cell. */
export function shortId(id: string): string {
  return id.length > 12 ? `${id.slice(0, 4)}…${id.slice(-6)}` : id;
}

export function nameOf(names: Names, id: string | null | undefined): string | undefined {
  return id ? (names[id] ?? shortId(id)) : undefined;
}

/** What a row is called in a sentence about it. */
export function orderOrId(
  conversions: readonly Pick<Conversion, "id" | "order_id">[],
): (id: string) => string {
  const orders = new Map(conversions.map(({ id, order_id }) => [id, order_id]));
  return (id) => orders.get(id) ?? shortId(id);
}

/** What of the order's value has not been taken back yet. */
export function leftOf(conversion: { sale: MoneyValue; refunded: MoneyValue }): MoneyValue {
  return { minor: conversion.sale.minor - conversion.refunded.minor, currency: conversion.sale.currency };
}
