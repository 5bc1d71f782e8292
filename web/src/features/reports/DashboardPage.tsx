import { SimpleGrid } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCountryName } from "~/domain/countries";
import { usePeriod } from "~/domain/period";
import { useFormat } from "~/ui/format";
import { Page } from "~/ui/Page";
import { ErrorState } from "~/ui/States";
import { Tiles } from "./dashboard/Tiles";
import { TopList } from "./dashboard/TopList";
import { Trend } from "./dashboard/Trend";
import { useDashboard } from "./dashboard/useDashboard";
import { Waiting } from "./dashboard/Waiting";

/** The manager's first page: what waits, what changed, who brought it. */
export default function DashboardPage() {
  const { t } = useTranslation("reports");
  const { range } = usePeriod();
  const { dateTime, dayRange } = useFormat();
  const countryName = useCountryName();
  const { data: dashboard, error, refetch } = useDashboard();
  const compared = range.compare !== "none";
  const currency = dashboard?.currency ?? "EUR";
  const labels: Record<string, string> = dashboard?.labels ?? {};
  const retry = () => void refetch();
  if (error && !dashboard) {
    return (
      <Page title={t("dashboard.title")}>
        <ErrorState error={error} onRetry={retry} />
      </Page>
    );
  }
  const subtitle =
    dashboard &&
    t("dashboard.subtitle", { days: dayRange(range.from, range.to), at: dateTime(dashboard.fresh_to) });
  return (
    <Page title={t("dashboard.title")} subtitle={subtitle}>
      <Waiting />
      <Tiles dashboard={dashboard} compared={compared} />
      <Trend dashboard={dashboard} compared={compared} error={error} onRetry={retry} />
      <SimpleGrid cols={{ base: 1, md: 3 }} spacing="sm">
        <TopList
          title={t("dashboard.top_offers")}
          top={dashboard?.top_offers}
          currency={currency}
          name={(id) => labels[id ?? ""] ?? id}
          href={(id) => `/offers/${id}`}
        />
        <TopList
          title={t("dashboard.top_partners")}
          top={dashboard?.top_partners}
          currency={currency}
          name={(id) => labels[id ?? ""] ?? id}
          href={(id) => `/partners/${id}`}
        />
        <TopList
          title={t("dashboard.top_countries")}
          top={dashboard?.top_countries}
          currency={currency}
          name={countryName}
          href={(code) => `/reports?dimensions=day&filter=country:${code}`}
        />
      </SimpleGrid>
    </Page>
  );
}
