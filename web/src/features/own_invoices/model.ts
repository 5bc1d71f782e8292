import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import type { Page } from "~/api/paging";
import { bodyOf, named } from "~/features/offers/model";
import { savePaper } from "~/features/papers/save";

export type OwnInvoice = Schemas["OwnInvoiceOut"];
export type InvoiceState = Schemas["OwnInvoiceState"];
export type NamedInvoice = OwnInvoice & { names: Readonly<Record<string, string>> };
export type Told = Schemas["ToInvoice"];
export type ToldLine = Schemas["ToInvoiceLine"];

export const INVOICE_STATES = [
  "submitted",
  "accepted",
  "sent_back",
  "used",
] as const satisfies readonly InvoiceState[];

/** What the partner has to invoice, and to whom. */
export function toInvoiceQuery(partnerId: string) {
  return queryOptions({
    queryKey: ["own-invoices", "to-invoice", partnerId],
    queryFn: async ({ signal }) => {
      const params = { path: { id: partnerId } };
      return bodyOf(await client.GET("/v1/partners/{id}/to-invoice", { params, signal }));
    },
  });
}

export interface InvoiceFilter {
  partner_id?: string | undefined;
  state?: InvoiceState | undefined;
}

export async function fetchInvoices(
  filter: InvoiceFilter,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<Page<NamedInvoice>> {
  const params = { query: { ...filter, cursor } };
  return named(bodyOf(await client.GET("/v1/own-invoices", { params, signal })));
}

export interface NewInvoice {
  number: string;
  issued_on: string;
  currency: string;
  net_minor: number;
  tax_minor: number;
  gross_minor: number;
  file: File;
}

/** Sends an invoice as it lies on the disk; sent again under the same key it is the same invoice. */
export async function submitInvoice(
  partnerId: string,
  { file, ...said }: NewInvoice,
  key: string,
): Promise<OwnInvoice> {
  const answer = await client.POST("/v1/partners/{id}/own-invoices", {
    params: { path: { id: partnerId }, query: { ...said, name: file.name } },
    body: file as unknown as string,
    bodySerializer: (content) => content as unknown as BodyInit,
    headers: { "Content-Type": file.type || "application/octet-stream", "Idempotency-Key": key },
  });
  return bodyOf(answer);
}

export async function reviewInvoice(id: string, accept: boolean, reason: string): Promise<void> {
  const body = { accept, reason: reason || null };
  await client.POST("/v1/own-invoices/{id}/review", { params: { path: { id } }, body });
}

export async function saveInvoice(id: string): Promise<void> {
  const params = { path: { id } };
  const answer = await client.GET("/v1/own-invoices/{id}/file", { params, parseAs: "blob" });
  savePaper({ data: answer.data as Blob | undefined, response: answer.response });
}

/** What is accepted decides who is paid. */
export function useInvoicesChanged(): () => Promise<unknown> {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      ["own-invoices", "owed", "balance"].map((key) => queries.invalidateQueries({ queryKey: [key] })),
    );
}
