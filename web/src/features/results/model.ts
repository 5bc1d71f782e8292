import { useQuery, useQueryClient } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { useList } from "~/api/paging";
import { bodyOf, type Named, named } from "~/features/offers/model";

export type Month = Schemas["MonthOut"];
export type NamedMonth = Named<Month>;
export type MonthDraft = Schemas["MonthDraftOut"];
export type Figures = Schemas["CustomerFigures"];
export type Progress = Schemas["ProgressOut"];
export type CustomerDay = Named<Schemas["ResultOut"]>;
export type DayVersion = Named<Schemas["ResultVersionOut"]>;
export type Taken = Schemas["ResultsTaken"];

/** Amounts among the figures, in the order in which they are told. */
export const MONEY_FIGURES = ["deposits", "bets", "wins", "bonus", "chargeback", "fees", "tax"] as const;
export const COUNT_FIGURES = ["deposits_count", "bets_count"] as const;
export type MoneyFigure = (typeof MONEY_FIGURES)[number];

export interface MonthFilter {
  advertiser_id?: string;
  partner_id?: string;
  month?: string;
}

const PAGE = 200;

export function useMonths(filter: MonthFilter) {
  return useList<NamedMonth>(["revenue-share", "months", filter], async (cursor, signal) => {
    const query = { ...filter, cursor, limit: PAGE };
    return named(bodyOf(await client.GET("/v1/revenue-share/months", { params: { query }, signal })));
  });
}

export function useMonthCustomers(id: string) {
  return useQuery({
    queryKey: ["revenue-share", "customers", id],
    queryFn: async ({ signal }) => {
      const params = { path: { id } };
      return bodyOf(await client.GET("/v1/revenue-share/months/{id}/customers", { params, signal })).items;
    },
  });
}

export function useMonthsChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["revenue-share"] });
}

/** Works a month out; closes it where `close` is said. */
export async function workOut(advertiser_id: string, month: string, close: boolean): Promise<MonthDraft> {
  const body = { advertiser_id, month };
  if (close) return bodyOf(await client.POST("/v1/revenue-share/close", { body }));
  return bodyOf(await client.POST("/v1/revenue-share/preview", { body }));
}

/** Sends a file of results. */
export async function uploadResults(advertiser_id: string, file: File): Promise<Taken> {
  const answer = await client.PUT("/v1/customer-results/file", {
    params: { query: { advertiser_id } },
    body: file as unknown as string,
    bodySerializer: (content) => content as unknown as BodyInit,
    headers: { "Content-Type": "text/csv" },
  });
  return bodyOf(answer);
}

/** Where the customer of a conversion stands with goals that ask for more. */
export function useProgress(conversion_id: string) {
  return useQuery({
    queryKey: ["qualifications", conversion_id],
    queryFn: async ({ signal }) => {
      const params = { query: { conversion_id } };
      return named<Progress>(bodyOf(await client.GET("/v1/qualifications", { params, signal }))).items;
    },
  });
}
