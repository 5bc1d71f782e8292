import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { client } from "~/api/client";
import type { Page } from "~/api/paging";
import type { Batch, Method, Names, Payout, StatementLine } from "./model";

const PAGE_SIZE = 100;
const OFFERS_MAX = 500;

export function present<Body>(data: Body | undefined): Body {
  if (data === undefined) throw new Error("the API answered without a body");
  return data;
}

export function owedQuery(currency: string) {
  return queryOptions({
    queryKey: ["owed", currency],
    queryFn: async ({ signal }) =>
      present((await client.GET("/v1/payouts/owed", { params: { query: { currency } }, signal })).data),
  });
}

/** Currencies that offers earn in. */
export const currenciesQuery = queryOptions({
  queryKey: ["offers", "currencies"],
  queryFn: async ({ signal }) => {
    const { items } = present(
      (await client.GET("/v1/offers", { params: { query: { limit: OFFERS_MAX } }, signal })).data,
    );
    return [...new Set(items.map((offer) => offer.currency))].sort();
  },
  staleTime: 5 * 60_000,
});

export interface NewBatch {
  currency: string;
  method: Method;
  partner_ids: string[];
  leave_out_faulty: boolean;
}

export async function makeBatch(body: NewBatch): Promise<Batch> {
  return present((await client.POST("/v1/payout-batches", { body })).data);
}

/** Which batches: how far, made when, still open, gone wrong. */
export interface BatchFilter {
  state?: Batch["state"];
  month?: string;
  in_transit?: boolean;
  has_trouble?: boolean;
}

export async function fetchBatches(
  filter: BatchFilter,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<Page<Batch>> {
  const query = { ...filter, cursor, limit: PAGE_SIZE };
  return present((await client.GET("/v1/payout-batches", { params: { query }, signal })).data);
}

export function batchQuery(id: string) {
  return queryOptions({
    queryKey: ["batches", "one", id],
    queryFn: async ({ signal }) =>
      present((await client.GET("/v1/payout-batches/{id}", { params: { path: { id } }, signal })).data),
  });
}

export async function fetchBatchPayouts(
  id: string,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<Page<Payout>> {
  const params = { path: { id }, query: { cursor, limit: PAGE_SIZE } };
  return present((await client.GET("/v1/payout-batches/{id}/payouts", { params, signal })).data);
}

export type FileFormat = "csv" | "pain.001.001.09" | "pain.001.001.03" | "wise" | "capitalist";

/** The batch as a file; the server gives it only while the list is the one that was frozen. */
export async function batchFile(id: string, format: FileFormat): Promise<string> {
  const params = { path: { id }, query: { format } };
  return present(
    (await client.GET("/v1/payout-batches/{id}/file", { params, parseAs: "text" })).data,
  ) as string;
}

export async function markBatchPaid(id: string, reference: string): Promise<void> {
  await client.POST("/v1/payout-batches/{id}/paid", {
    params: { path: { id } },
    body: { reference: reference || null },
  });
}

export async function approveBatch(id: string): Promise<void> {
  await client.POST("/v1/payout-batches/{id}/approve", { params: { path: { id } } });
}

/** `fileNotUsed` is the person's word for a batch whose file was given out. */
export async function rejectBatch(id: string, reason: string, fileNotUsed: boolean): Promise<void> {
  const body = { reason, file_not_used: fileNotUsed };
  await client.POST("/v1/payout-batches/{id}/reject", { params: { path: { id } }, body });
}

export async function sendBatch(id: string): Promise<void> {
  await client.POST("/v1/payout-batches/{id}/send", { params: { path: { id } } });
}

export async function markReturned(id: string, reason: string): Promise<void> {
  await client.POST("/v1/payouts/{id}/returned", { params: { path: { id } }, body: { reason } });
}

export async function markPaid(id: string, reference: string): Promise<void> {
  await client.POST("/v1/payouts/{id}/paid", {
    params: { path: { id } },
    body: { reference: reference || null },
  });
}

export async function markFailed(id: string, reason: string): Promise<void> {
  await client.POST("/v1/payouts/{id}/failed", { params: { path: { id } }, body: { reason } });
}

/** After money moved, every figure that rests on it is old. */
export function forgetPayouts(queries: QueryClient): Promise<unknown> {
  const touched = [
    "owed",
    "batches",
    "payouts",
    "balance",
    "statement",
    "conversions",
    "report",
    "dashboard",
    "payday",
  ];
  return Promise.all(touched.map((key) => queries.invalidateQueries({ queryKey: [key] })));
}

export function balanceQuery(partnerId: string) {
  return queryOptions({
    queryKey: ["balance", partnerId],
    queryFn: async ({ signal }) => {
      const path = { id: partnerId };
      return present((await client.GET("/v1/partners/{id}/balance", { params: { path }, signal })).data)
        .items;
    },
  });
}

export function nextPayoutQuery(partnerId: string) {
  return queryOptions({
    queryKey: ["balance", partnerId, "next-payout"],
    queryFn: async ({ signal }) => {
      const path = { id: partnerId };
      return present((await client.GET("/v1/partners/{id}/next-payout", { params: { path }, signal })).data)
        .items;
    },
  });
}

/** Which payouts: what became of them, and when it was said. */
export interface PayoutFilter {
  state?: Payout["state"];
  month?: string;
}

export async function fetchPayouts(
  filter: PayoutFilter,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<Page<Payout>> {
  const query = { ...filter, cursor, limit: PAGE_SIZE };
  return present((await client.GET("/v1/payouts", { params: { query }, signal })).data);
}

export async function fetchStatement(
  partnerId: string,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<Page<StatementLine>> {
  const params = { path: { id: partnerId }, query: { cursor, limit: PAGE_SIZE } };
  const page = present((await client.GET("/v1/partners/{id}/statement", { params, signal })).data);
  const names = (page as { labels?: Names }).labels ?? {};
  return { next_cursor: page.next_cursor, items: page.items.map((line) => ({ ...line, names })) };
}
