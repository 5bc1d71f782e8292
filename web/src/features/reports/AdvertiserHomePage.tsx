import { SimpleGrid } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { usePeriod } from "~/domain/period";
import { useFormat } from "~/ui/format";
import { Page } from "~/ui/Page";
import { ErrorState } from "~/ui/States";
import { Tiles } from "./dashboard/Tiles";
import { TopList } from "./dashboard/TopList";
import { Trend } from "./dashboard/Trend";
import { useDashboard } from "./dashboard/useDashboard";
import { AdvertiserWaiting } from "./portal/AdvertiserWaiting";
import { Calls } from "./portal/Calls";

/** The advertiser's first page: what waits for its verdict, whether its calls arrive, what it got for its money. */
export default function AdvertiserHomePage() {
  const { t } = useTranslation("portal");
  const { range } = usePeriod();
  const { dateTime, dayRange } = useFormat();
  const { data: dashboard, error, refetch } = useDashboard();
  const retry = () => void refetch();
  if (error && !dashboard) {
    return (
      <Page title={t("home.title")}>
        <ErrorState error={error} onRetry={retry} />
      </Page>
    );
  }
  const compared = range.compare !== "none";
  const labels: Record<string, string> = dashboard?.labels ?? {};
  const currency = dashboard?.currency ?? "EUR";
  const subtitle =
    dashboard &&
    t("home.period_fresh", { days: dayRange(range.from, range.to), at: dateTime(dashboard.fresh_to) });
  return (
    <Page title={t("home.title")} subtitle={subtitle}>
      <AdvertiserWaiting />
      <Tiles dashboard={dashboard} compared={compared} />
      <Trend dashboard={dashboard} compared={compared} error={error} onRetry={retry} />
      <SimpleGrid cols={{ base: 1, md: 3 }} spacing="sm">
        <Calls />
        <TopList
          title={t("home.top_offers")}
          top={dashboard?.top_offers}
          currency={currency}
          name={(id) => labels[id ?? ""] ?? id}
          href={(id) => `/offers/${id}`}
        />
        <TopList
          title={t("home.top_partners")}
          top={dashboard?.top_partners}
          currency={currency}
          name={(id) => labels[id ?? ""] ?? id}
          href={(id) => `/conversions?partner=${id}`}
        />
      </SimpleGrid>
    </Page>
  );
}
