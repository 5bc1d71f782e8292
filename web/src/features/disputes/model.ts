import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { useList } from "~/api/paging";
import { bodyOf, type Named, named } from "~/features/offers/model";

export type Dispute = Named<Schemas["DisputeOut"]>;
export type DisputeKind = Schemas["DisputeKind"];
export type DisputeState = Schemas["DisputeState"];
export type DisputeDetail = Schemas["DisputeDetail"];
export type NewDispute = Schemas["NewDispute"];
export type DecideDispute = Schemas["DecideDispute"];
export type DisputeTerms = Schemas["DisputeTerms"];

export const DISPUTE_KINDS = ["missing", "rejected", "price"] as const satisfies readonly DisputeKind[];
export const DISPUTE_STATES = [
  "open",
  "upheld",
  "refused",
  "withdrawn",
] as const satisfies readonly DisputeState[];
export const WORDS_CHARS_MAX = 2_000;

const PAGE = 200;

export interface DisputeFilter {
  state?: DisputeState;
  kind?: DisputeKind;
  partner_id?: string;
  conversion_id?: string;
}

export function useDisputes(filter: DisputeFilter, enabled = true) {
  return useList<Dispute>(
    ["disputes", "list", filter],
    async (cursor, signal) => {
      const query = { ...filter, cursor, limit: PAGE };
      return named(bodyOf(await client.GET("/v1/disputes", { params: { query }, signal })));
    },
    enabled,
  );
}

export function disputeQuery(id: string) {
  return queryOptions({
    queryKey: ["disputes", "one", id],
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET("/v1/disputes/{id}", { params: { path: { id } }, signal })),
  });
}

export const termsQuery = queryOptions({
  queryKey: ["disputes", "terms"],
  queryFn: async ({ signal }) => bodyOf(await client.GET("/v1/dispute-terms", { signal })),
});

export async function decide(id: string, body: DecideDispute) {
  return bodyOf(await client.POST("/v1/disputes/{id}/decision", { params: { path: { id } }, body }));
}

/** After a change: disputes, and what may have moved with them. */
export function useDisputesChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    for (const queryKey of [["disputes"], ["conversions"], ["adjustments"], ["balance"]])
      await queries.invalidateQueries({ queryKey });
  };
}

/** What a conversion that stands so can be disputed for. */
export function kindFor(status: string): DisputeKind {
  return status === "rejected" || status === "reversed" ? "rejected" : "price";
}

/** Whether the promised day has passed without an answer. */
export function isLate(row: Pick<Dispute, "state" | "due_at">, now = Date.now()): boolean {
  return row.state === "open" && Date.parse(row.due_at) < now;
}
