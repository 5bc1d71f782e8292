import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { usePeriod } from "~/domain/period";
import type { DateRangeValue } from "~/ui/dates";

export type Dashboard = Schemas["DashboardOut"];

export function dashboardQuery({ from, to, compare }: DateRangeValue) {
  return queryOptions({
    queryKey: ["dashboard", from, to, compare],
    queryFn: async ({ signal }) => {
      const query = { from, to, compare: compare === "none" ? undefined : compare };
      const { data } = await client.GET("/v1/dashboard", { params: { query }, signal });
      if (!data) throw new Error("the API answered without a body");
      return data;
    },
  });
}

/** The numbers of the first page for the period in the address; one sees one's own rows. */
export function useDashboard() {
  const { range } = usePeriod();
  return useQuery({ ...dashboardQuery(range), placeholderData: keepPreviousData });
}

/** Values of one metric over time, of the period or of what it is compared with. */
export function valuesOf(dashboard: Dashboard, name: string): (number | null)[] {
  const values: unknown[] = dashboard.series.values[name] ?? [];
  return values.map((value) => (typeof value === "number" ? value : null));
}
