import { Paper } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { StateChip } from "~/domain/StatusChip";
import { OfferCaps } from "~/features/caps/OfferCaps";
import { OfferCrediting } from "~/features/coupons/OfferCrediting";
import { OfferDoctor } from "~/features/doctor/OfferDoctor";
import { FailedLoad } from "~/frame/FailedLoad";
import { Page } from "~/ui/Page";
import { PageSkeleton } from "~/ui/Skeletons";
import { EnrollmentsTab } from "./offer/EnrollmentsTab";
import { HistoryTab } from "./offer/HistoryTab";
import { LandingsTab } from "./offer/LandingsTab";
import { OfferActions } from "./offer/OfferActions";
import { OverviewTab } from "./offer/OverviewTab";
import { PlanTab } from "./offer/PlanTab";
import { RulesTab } from "./offer/RulesTab";
import { PageTabs } from "./PageTabs";
import { offerQuery } from "./queries";

/** The workplace of one offer. */
export default function OfferPage() {
  const { t } = useTranslation("offers");
  const { offerId = "" } = useParams({ strict: false });
  const { data: offer, error, refetch } = useQuery(offerQuery(offerId));
  const readsPlans = useMay("plans:read");
  const readsPartners = useMay("partners:read");
  const readsCaps = useMay("caps:read");
  const readsAudit = useMay("audit:read");
  const seesDoctor = useMay("advertisers:read");
  if (error && !offer)
    return <FailedLoad title={t("list.name")} error={error} onRetry={() => void refetch()} />;
  if (!offer) return <PageSkeleton />;
  return (
    <Page
      title={offer.name}
      subtitle={<StateChip of="offer" state={offer.state} />}
      action={<OfferActions offer={offer} />}
    >
      <PageTabs
        label={offer.name}
        tabs={[
          { id: "overview", label: t("tabs.overview"), content: () => <OverviewTab offer={offer} /> },
          { id: "landings", label: t("tabs.landings"), content: () => <LandingsTab offer={offer} /> },
          {
            id: "partners",
            label: t("tabs.partners"),
            content: () => <EnrollmentsTab offer={offer} />,
            hidden: !readsPartners,
          },
          { id: "rules", label: t("tabs.rules"), content: () => <RulesTab offer={offer} /> },
          {
            id: "caps",
            label: t("tabs.caps"),
            content: () => <OfferCaps offer={offer} />,
            hidden: !readsCaps,
          },
          {
            id: "crediting",
            label: t("tabs.crediting"),
            content: () => <OfferCrediting offer={offer} />,
            hidden: !readsPlans,
          },
          {
            id: "plan",
            label: t("tabs.plan"),
            content: () => <PlanTab offer={offer} />,
            hidden: !readsPlans,
          },
          {
            id: "doctor",
            label: t("tabs.doctor"),
            content: () => (
              <Paper withBorder p="lg" mt="md">
                <OfferDoctor offer={offer} />
              </Paper>
            ),
            hidden: !seesDoctor,
          },
          {
            id: "history",
            label: t("tabs.history"),
            content: () => (
              <HistoryTab subject={offer.id} owner={{ states: "offer_state", currency: offer.currency }} />
            ),
            hidden: !readsAudit,
          },
        ]}
      />
    </Page>
  );
}
