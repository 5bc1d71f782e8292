import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { client, type Schemas } from "~/api/client";
import { usePeriod } from "~/domain/period";

export type Dashboard = Schemas["DashboardOut"];

/** The numbers of the first page for the period in the address; one sees one's own rows. */
export function useDashboard() {
  const { range } = usePeriod();
  const { from, to, compare } = range;
  return useQuery({
    queryKey: ["dashboard", from, to, compare],
    queryFn: async ({ signal }) => {
      const query = { from, to, compare: compare === "none" ? undefined : compare };
      const { data } = await client.GET("/v1/dashboard", { params: { query }, signal });
      if (!data) throw new Error("the API answered without a body");
      return data;
    },
    placeholderData: keepPreviousData,
  });
}

/** Values of one metric over time, of the period or of what it is compared with. */
export function valuesOf(dashboard: Dashboard, name: string): (number | null)[] {
  const values: unknown[] = dashboard.series.values[name] ?? [];
  return values.map((value) => (typeof value === "number" ? value : null));
}
