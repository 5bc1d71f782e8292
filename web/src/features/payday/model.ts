import { queryOptions } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { useList } from "~/api/paging";
import { bodyOf, type Named, named } from "~/features/offers/model";

export type Board = Schemas["PaydayBoard"];
export type Step = Schemas["PaydayStepOut"];
export type Item = Schemas["PaydayItem"];
export type Kind = Schemas["PaydayKind"];
export type Standing = Schemas["PaydayStanding"];
export type FiguresStanding = Schemas["FiguresStanding"];
export type PaydayAdvertiser = Named<Schemas["PaydayAdvertiser"]>;

export const FIGURES = ["missing", "comparing", "compared"] as const satisfies readonly FiguresStanding[];

const PAGE = 200;

export function boardQuery(month: string | undefined) {
  return queryOptions({
    queryKey: ["payday", "board", month],
    queryFn: async ({ signal }) =>
      bodyOf(await client.GET("/v1/payday", { params: { query: { month } }, signal })),
  });
}

export function useAdvertisersOf(month: string, standing: FiguresStanding) {
  return useList<PaydayAdvertiser>(["payday", "advertisers", month, standing], async (cursor, signal) => {
    const query = { month, standing, cursor, limit: PAGE };
    return named(bodyOf(await client.GET("/v1/payday/advertisers", { params: { query }, signal })));
  });
}
