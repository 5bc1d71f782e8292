import { columnsOf } from "~/domain/amounts";
import { usePeriod } from "~/domain/period";
import { type Report, useReport } from "~/domain/report";
import { useFormat } from "~/ui/format";
import type { Dashboard } from "./useDashboard";

/** What the tiles leave out: amounts of currencies without a rate, as text by the metric. */
export function useOtherAmounts(dashboard: Dashboard | undefined): (metric: string) => string {
  const { money } = useFormat();
  const { from, to } = usePeriod().range;
  const metrics = dashboard?.tiles.filter(({ unit }) => unit === "minor").map(({ metric }) => metric) ?? [];
  const hasOthers = metrics.some(
    (metric) => columnsOf(dashboard?.top_offers.columns as Report["columns"], metric).length > 1,
  );
  const { data } = useReport({ from, to, dimensions: [], metrics }, hasOthers);
  return (metric) =>
    columnsOf(data?.columns ?? [], metric)
      .slice(1)
      .flatMap(({ name, currency }) => {
        const minor: unknown = data?.totals[name];
        return currency && typeof minor === "number" && minor !== 0
          ? [`+ ${money({ minor, currency })}`]
          : [];
      })
      .join(" ");
}
