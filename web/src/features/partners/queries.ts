import { queryOptions, useQuery } from "@tanstack/react-query";
import { client } from "~/api/client";
import { useList } from "~/api/paging";
import { useMay, useMe } from "~/domain/person";
import { bodyOf, named } from "~/features/offers/model";
import { owedQuery } from "~/features/payouts/api";
import type { MoneyValue } from "~/ui/format";
import type { PartnerState } from "./model";

/** A page of the API at its largest, so that a list can be sorted as a whole. */
const WHOLE = 1000;

export interface PartnerFilter {
  state?: PartnerState;
  group?: string;
  manager_id?: string;
  q?: string;
}

export function usePartners(filter: PartnerFilter = {}) {
  return useList(["partners", "list", filter], async (cursor, signal) => {
    const query = { ...filter, cursor, limit: WHOLE };
    return named(bodyOf(await client.GET("/v1/partners", { params: { query }, signal })));
  });
}

export function partnerQuery(id: string) {
  return queryOptions({
    queryKey: ["partners", "one", id],
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET("/v1/partners/{id}", { params: { path: { id } }, signal })),
  });
}

/** What is payable to each partner in the workspace's currency, in one question; for those who may pay. */
export function usePayable(): Map<string, MoneyValue> | undefined {
  const currency = useMe().workspace.reporting_currency;
  const { data } = useQuery({ ...owedQuery(currency), enabled: useMay("payouts:write") });
  return data && new Map(data.items.map(({ partner_id, payable }) => [partner_id, payable]));
}
