import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { client } from "~/api/client";
import type { Page } from "~/api/paging";
import type { MoneyValue } from "~/ui/format";
import type {
  BulkOutcome,
  Conversion,
  ConversionDetail,
  Judgement,
  Names,
  Reason,
  Receipt,
  Status,
} from "./model";

/** The first page is there at once; those after it are long, so that 10,000 rows take few calls. */
const FIRST_PAGE = 100;
const NEXT_PAGES = 500;

function pageSize(cursor: string | undefined): number {
  return cursor === undefined ? FIRST_PAGE : NEXT_PAGES;
}

/** Filters of the list, as the API names them. */
export interface ConversionQuery {
  status?: string;
  reason?: string;
  offer_id?: string;
  advertiser_id?: string;
  partner_id?: string;
  goal_id?: string;
  order_id?: string;
  link_id?: string;
  click_id?: string;
  from?: string;
  to?: string;
}

export interface ReceiptQuery {
  status?: string;
  reason?: string;
  conversion_id?: string;
}

/** The page's names go with each row, so that rows of several pages can lie in one table. */
function named<Item extends object, Row>(page: Page<Item> & { labels?: Names }): Page<Row> {
  const names = page.labels ?? {};
  return { next_cursor: page.next_cursor, items: page.items.map((item) => ({ ...item, names }) as Row) };
}

export async function fetchConversions(
  filter: ConversionQuery,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<Page<Conversion>> {
  // Several statuses go with commas between them, which the contract's type cannot say.
  const status = filter.status as Status | undefined;
  const query = { ...filter, status, cursor, limit: pageSize(cursor) };
  const { data } = await client.GET("/v1/conversions", { params: { query }, signal });
  return named(data ?? { items: [] });
}

export function conversionQuery(id: string) {
  return queryOptions({
    queryKey: ["conversions", "one", id],
    queryFn: async ({ signal }) => {
      const { data } = await client.GET("/v1/conversions/{id}", { params: { path: { id } }, signal });
      return withNames(data);
    },
  });
}

/** The detail names what it speaks of as a list does. */
function withNames(data: unknown): ConversionDetail {
  const { labels, ...detail } = data as ConversionDetail & { labels?: Names };
  return { ...detail, names: labels ?? {} };
}

export async function fetchReceipts(
  filter: ReceiptQuery,
  cursor: string | undefined,
  signal: AbortSignal,
  limit = pageSize(cursor),
): Promise<Page<Receipt>> {
  const query = { ...filter, cursor, limit };
  const { data } = await client.GET("/v1/receipts", { params: { query }, signal });
  return named(data ?? { items: [] });
}

export function receiptQuery(id: string) {
  return queryOptions({
    queryKey: ["receipts", "one", id],
    queryFn: async ({ signal }) => {
      const { data } = await client.GET("/v1/receipts/{id}", { params: { path: { id } }, signal });
      return { ...data, names: {} } as Receipt;
    },
  });
}

export interface Verdict {
  reason?: Reason;
  note?: string;
  /** With `reverse`: the part to take back; all of it without. */
  amount?: MoneyValue;
}

/** Judges up to 1,000 conversions; with `dryRun` only says what would happen. */
export async function judgeMany(
  action: Judgement,
  ids: readonly string[],
  verdict: Verdict,
  dryRun: boolean,
): Promise<BulkOutcome> {
  const { reason = null, amount = null } = verdict;
  const body = { action, ids: [...ids], dry_run: dryRun, reason, amount, note: verdict.note || null };
  const { data } = await client.POST("/v1/conversions/bulk", { body });
  if (!data) throw new Error("the API answered without a body");
  return data;
}

/** After a verdict every figure that rests on conversions is old. */
export function forgetConversions(queries: QueryClient): Promise<unknown> {
  const touched = ["conversions", "balance", "owed", "statement", "report", "dashboard"];
  return Promise.all(touched.map((key) => queries.invalidateQueries({ queryKey: [key] })));
}
