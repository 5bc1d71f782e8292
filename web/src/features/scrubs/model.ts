import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { useList } from "~/api/paging";
import { bodyOf, type Named, named } from "~/features/offers/model";

export type Scrub = Named<Schemas["ScrubOut"]>;
export type ScrubRequest = Schemas["ScrubRequestOut"];
export type ScrubState = Schemas["ScrubState"];
export type Bearer = Schemas["ScrubBearer"];
export type AppealState = Schemas["AppealState"];
export type ScrubTerms = Schemas["ScrubTerms"];
export type DecideScrubs = Schemas["DecideScrubs"];
export type NewScrubRequest = Schemas["NewScrubRequest"];

export const SCRUB_STATES = ["asked", "accepted", "refused"] as const satisfies readonly ScrubState[];
export const APPEAL_STATES = ["open", "upheld", "dismissed"] as const satisfies readonly AppealState[];
export const BEARERS = ["partner", "network", "split"] as const satisfies readonly Bearer[];
/** Conversions of one request. */
export const NAMED_MAX = 500;

const PAGE = 200;

export interface ScrubFilter {
  advertiser_id?: string;
  conversion_id?: string;
  state?: ScrubState;
  appeal_state?: AppealState;
}

export function useScrubs(filter: ScrubFilter, enabled = true) {
  return useList<Scrub>(
    ["scrubs", "list", filter],
    async (cursor, signal) => {
      const query = { ...filter, cursor, limit: PAGE };
      return named(bodyOf(await client.GET("/v1/scrubs", { params: { query }, signal })));
    },
    enabled,
  );
}

export function requestQuery(id: string) {
  return queryOptions({
    queryKey: ["scrubs", "request", id],
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET("/v1/scrub-requests/{id}", { params: { path: { id } }, signal })),
  });
}

export function termsQuery(advertiserId: string) {
  return queryOptions({
    queryKey: ["scrubs", "terms", advertiserId],
    queryFn: async ({ signal }) => {
      const params = { path: { id: advertiserId } };
      return bodyOf(await client.GET("/v1/advertisers/{id}/scrub-terms", { params, signal }));
    },
  });
}

/** How much of what was approved an advertiser had removed, between two moments. */
export function useShare(advertiserId: string, { from, to }: { from: string; to: string }) {
  return useQuery({
    queryKey: ["scrubs", "share", advertiserId, from, to],
    queryFn: async ({ signal }) => {
      const params = { path: { id: advertiserId }, query: { from, to } };
      return bodyOf(await client.GET("/v1/advertisers/{id}/scrub-share", { params, signal }));
    },
  });
}

/** After a change: what was asked, and the conversions and balances that may have moved with it. */
export function useScrubsChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    for (const queryKey of [["scrubs"], ["conversions"], ["billing"], ["balance"]])
      await queries.invalidateQueries({ queryKey });
  };
}

/** Ids that were typed or came in a file: conversions by their own ids, all else as orders. */
export function idsOf(text: string): { conversion_ids: string[]; order_ids: string[] } {
  const words = [...new Set(text.split(/[\s,;]+/).map((word) => word.replace(/^"|"$/g, "")))].filter(Boolean);
  const isOurs = (word: string) => word.startsWith("cnv_");
  return { conversion_ids: words.filter(isOurs), order_ids: words.filter((word) => !isOurs(word)) };
}

const ID_COLUMN = /^(order|conversion|invoice|заказ|zam[oó]wien|id)/i;

/** The ids of a CSV file: of its column of orders or conversions, else of its first one. */
export function idsOfFile(text: string): string {
  const [head = "", ...lines] = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const mark = head.includes(";") ? ";" : head.includes("\t") ? "\t" : ",";
  const cells = (line: string) => line.split(mark).map((cell) => cell.trim().replace(/^"|"$/g, ""));
  const found = cells(head).findIndex((name) => ID_COLUMN.test(name));
  const rows = found < 0 ? [head, ...lines] : lines;
  const ids = rows.map((line) => cells(line)[Math.max(found, 0)] ?? "");
  return ids.filter(Boolean).join("\n");
}

/** What the partner gives up and what is left to the network of one conversion. */
export function bornBy(
  earned: number,
  bearer: Bearer,
  percent: number,
): { partner: number; network: number } {
  const share = { partner: 100, network: 0, split: percent }[bearer];
  const partner = Math.round((earned * share) / 100);
  return { partner, network: earned - partner };
}
