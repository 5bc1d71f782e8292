import { SimpleGrid, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { usePeriod } from "~/domain/period";
import { useLinks } from "~/features/links/queries";
import { stanceOf } from "~/features/offers/portal/stance";
import { useOffers } from "~/features/offers/queries";
import { useFormat } from "~/ui/format";
import { Page } from "~/ui/Page";
import { PageSkeleton } from "~/ui/Skeletons";
import { ErrorState } from "~/ui/States";
import { Tiles } from "./dashboard/Tiles";
import { TopList } from "./dashboard/TopList";
import { Trend } from "./dashboard/Trend";
import { useDashboard } from "./dashboard/useDashboard";
import { FirstSteps } from "./portal/FirstSteps";
import { PartnerWaiting } from "./portal/PartnerWaiting";
import { RecentCards } from "./portal/RecentCards";
import { TopLinks } from "./portal/TopLinks";
import { useHasClicks } from "./portal/useHasClicks";

/** The partner's first page: what was earned lately, what waits, what works. For a new one, the way to the first click. */
export default function PartnerHomePage() {
  const { t } = useTranslation("portal");
  const { range } = usePeriod();
  const { dateTime, dayRange } = useFormat();
  const { data: dashboard, error, refetch } = useDashboard();
  const offers = useOffers();
  const links = useLinks({});
  const hasClicks = useHasClicks();
  const linked = links.state === "ready" ? new Set(activeOffers(links.rows)) : undefined;
  const retry = () => void refetch();
  if (hasClicks === undefined && !error) return <PageSkeleton />;
  const waiting = <PartnerWaiting offers={offers.rows} linked={linked} />;
  if (hasClicks === false) {
    const stances = offers.rows.map(stanceOf);
    return (
      <Page title={t("home.title")}>
        {offers.state === "ready" && links.state === "ready" && (
          <FirstSteps
            hasOffer={stances.includes("joined")}
            hasAsked={stances.includes("waiting")}
            hasLink={(linked?.size ?? 0) > 0}
          />
        )}
      </Page>
    );
  }
  if (error && !dashboard) {
    return (
      <Page title={t("home.title")}>
        <ErrorState error={error} onRetry={retry} />
      </Page>
    );
  }
  const compared = range.compare !== "none";
  const labels: Record<string, string> = dashboard?.labels ?? {};
  const subtitle = dashboard && t("home.fresh", { at: dateTime(dashboard.fresh_to) });
  return (
    <Page title={t("home.title")} subtitle={subtitle}>
      {waiting}
      <RecentCards />
      <Title order={2} mt="xs">
        {dayRange(range.from, range.to)}
      </Title>
      <Tiles dashboard={dashboard} compared={compared} />
      <Trend dashboard={dashboard} compared={compared} error={error} onRetry={retry} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
        <TopList
          title={t("home.top_offers")}
          top={dashboard?.top_offers}
          currency={dashboard?.currency ?? "EUR"}
          name={(id) => labels[id ?? ""] ?? id}
          href={(id) => `/offers/${id}`}
        />
        <TopLinks links={links.rows} />
      </SimpleGrid>
    </Page>
  );
}

function activeOffers(links: readonly { offer_id: string; state: string }[]): string[] {
  return links.filter(({ state }) => state === "active").map(({ offer_id }) => offer_id);
}
