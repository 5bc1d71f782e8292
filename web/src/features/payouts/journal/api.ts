import { queryOptions } from "@tanstack/react-query";
import { client } from "~/api/client";
import type { Page } from "~/api/paging";
import { present } from "../api";
import type { Account, EntryKind, JournalEntry } from "./model";

const PAGE_SIZE = 100;

export interface JournalQuery {
  account?: Account;
  partner_id?: string;
  advertiser_id?: string;
  currency?: string;
  kind?: EntryKind;
  conversion_id?: string;
  payout_id?: string;
  from?: string;
  to?: string;
}

export async function fetchJournal(
  asked: JournalQuery,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<Page<JournalEntry>> {
  const query = { ...asked, cursor, limit: PAGE_SIZE };
  return present((await client.GET("/v1/journal", { params: { query }, signal })).data);
}

export function entryQuery(id: string) {
  return queryOptions({
    queryKey: ["journal", "one", id],
    queryFn: async ({ signal }) =>
      present((await client.GET("/v1/journal/{id}", { params: { path: { id } }, signal })).data),
  });
}

/** What lies in each account: of all owners, or of the one that is named. */
export function accountsQuery(owner: { partner_id?: string; advertiser_id?: string }) {
  return queryOptions({
    queryKey: ["journal", "accounts", owner],
    queryFn: async ({ signal }) =>
      present((await client.GET("/v1/journal/accounts", { params: { query: owner }, signal })).data).items,
  });
}
