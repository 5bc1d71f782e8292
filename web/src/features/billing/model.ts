import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { useList } from "~/api/paging";
import { bodyOf, type Named, named } from "~/features/offers/model";

export type Account = Schemas["AdvertiserAccountOut"];
export type Terms = Schemas["AccountTerms"];
export type Payment = Schemas["AdvertiserPaymentOut"];
export type Invoice = Named<Schemas["InvoiceOut"]>;
export type InvoiceState = Schemas["InvoiceState"];
export type Receivable = Named<Schemas["ReceivableOut"]>;

export const FUNDINGS = ["prepaid", "credit", "open"] as const satisfies readonly Schemas["Funding"][];
export const PARTNERS_PAID = [
  "on_schedule",
  "when_collected",
] as const satisfies readonly Schemas["PartnersPaid"][];
export const INVOICE_STATES = [
  "draft",
  "issued",
  "overdue",
  "paid",
  "void",
] as const satisfies readonly InvoiceState[];
export const ON_EMPTY = [
  "redirect",
  "reject",
  "pending",
  "alert",
] as const satisfies readonly Schemas["OnReach"][];

const PAGE = 200;

/** Whose invoices, and in which state. */
export interface InvoiceFilter {
  advertiser_id?: string;
  state?: InvoiceState;
  /** Those whose period has a day of it. */
  month?: string;
}

export function useReceivables() {
  return useList<Receivable>(["billing", "receivables"], async (cursor, signal) =>
    named(
      bodyOf(await client.GET("/v1/receivables", { params: { query: { cursor, limit: PAGE } }, signal })),
    ),
  );
}

export function useInvoices(filter: InvoiceFilter) {
  return useList<Invoice>(["billing", "invoices", filter], async (cursor, signal) => {
    const query = { ...filter, cursor, limit: PAGE };
    return named(bodyOf(await client.GET("/v1/invoices", { params: { query }, signal })));
  });
}

export function usePayments(advertiserId: string) {
  return useList<Payment>(["billing", "payments", advertiserId], async (cursor, signal) => {
    const params = { path: { id: advertiserId }, query: { cursor, limit: PAGE } };
    return bodyOf(await client.GET("/v1/advertisers/{id}/payments", { params, signal }));
  });
}

export function accountsQuery(advertiserId: string) {
  return queryOptions({
    queryKey: ["billing", "accounts", advertiserId],
    queryFn: async ({ signal }) => {
      const params = { path: { id: advertiserId } };
      return bodyOf(await client.GET("/v1/advertisers/{id}/accounts", { params, signal })).items;
    },
  });
}

export function invoiceQuery(id: string) {
  return queryOptions({
    queryKey: ["billing", "invoice", id],
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET("/v1/invoices/{id}", { params: { path: { id } }, signal })),
  });
}

/** After a change: balances, invoices, payments; and caps, for a balance is one. */
export function useBillingChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await queries.invalidateQueries({ queryKey: ["billing"] });
    await queries.invalidateQueries({ queryKey: ["caps"] });
  };
}
