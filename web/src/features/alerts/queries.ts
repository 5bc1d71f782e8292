import { queryOptions } from "@tanstack/react-query";
import { client } from "~/api/client";

/** What the page shows of the alerts. */
export const SHOWN = ["open", "snoozed", "resolved", "recovered"] as const;
export type Shown = (typeof SHOWN)[number];

export const ALERTS_PAGE = 100;

export function queryOf(shown: Shown) {
  if (shown === "open") return { state: "open" as const, snoozed: false };
  return shown === "snoozed" ? { state: "open" as const, snoozed: true } : { state: shown };
}

/** Those that wait for somebody, as the first page counts them. */
export const openAlertsQuery = queryOptions({
  queryKey: ["alerts", "open"],
  queryFn: async ({ signal }) => {
    const query = { ...queryOf("open"), limit: ALERTS_PAGE };
    return (await client.GET("/v1/alerts", { params: { query }, signal })).data;
  },
});
