import { Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { StateChip } from "~/domain/StatusChip";
import { HistoryTab } from "~/features/offers/offer/HistoryTab";
import { PageTabs } from "~/features/offers/PageTabs";
import { OnFile } from "~/features/payout_requirements/OnFile";
import { PlacementsTab } from "~/features/placements/PlacementsTab";
import { PostbackSettings } from "~/features/postbacks/PostbackSettings";
import { RecruitsTab } from "~/features/recruitment/RecruitsTab";
import { FailedLoad } from "~/frame/FailedLoad";
import { Copyable } from "~/ui/Copyable";
import { Page } from "~/ui/Page";
import { PageSkeleton } from "~/ui/Skeletons";
import { ConversionsTab } from "./partner/ConversionsTab";
import { EnrollmentsTab } from "./partner/EnrollmentsTab";
import { LinksTab } from "./partner/LinksTab";
import { NotesTab } from "./partner/NotesTab";
import { OverviewTab } from "./partner/OverviewTab";
import { PartnerActions } from "./partner/PartnerActions";
import { StatementTab } from "./partner/StatementTab";
import { TeamTab } from "./partner/TeamTab";
import { partnerQuery } from "./queries";

/** The card of one partner. */
export default function PartnerPage() {
  const { t } = useTranslation("partners");
  const { partnerId = "" } = useParams({ strict: false });
  const { data: partner, error, refetch } = useQuery(partnerQuery(partnerId));
  const readsLinks = useMay("links:read");
  const readsBalances = useMay("balances:read");
  const readsAudit = useMay("audit:read");
  const readsPostbacks = useMay("postbacks:read");
  const readsPlacements = useMay("placements:read");
  const mayNote = useMay("partners:write");
  if (error && !partner)
    return <FailedLoad title={t("list.name")} error={error} onRetry={() => void refetch()} />;
  if (!partner) return <PageSkeleton />;
  return (
    <Page
      title={partner.name}
      subtitle={
        <Group gap="xs">
          <StateChip of="partner" state={partner.state} />
          <Copyable text={partner.email} />
          {partner.state_reason && <Text span>{partner.state_reason}</Text>}
        </Group>
      }
      action={<PartnerActions partner={partner} />}
    >
      <PageTabs
        label={partner.name}
        tabs={[
          { id: "overview", label: t("tabs.overview"), content: () => <OverviewTab partner={partner} /> },
          {
            id: "enrollments",
            label: t("tabs.enrollments"),
            content: () => <EnrollmentsTab partner={partner} />,
          },
          {
            id: "links",
            label: t("tabs.links"),
            content: () => <LinksTab partner={partner} />,
            hidden: !readsLinks,
          },
          {
            id: "conversions",
            label: t("tabs.conversions"),
            content: () => <ConversionsTab partner={partner} />,
          },
          {
            id: "placements",
            label: t("tabs.placements"),
            content: () => <PlacementsTab partnerId={partner.id} />,
            hidden: !readsPlacements,
          },
          {
            id: "recruits",
            label: t("tabs.recruits"),
            content: () => <RecruitsTab partner={partner} />,
            hidden: !readsBalances,
          },
          {
            id: "postbacks",
            label: t("tabs.postbacks"),
            content: () => <PostbackSettings partnerId={partner.id} />,
            hidden: !readsPostbacks,
          },
          {
            id: "notes",
            label: t("tabs.notes"),
            content: () => <NotesTab partner={partner} />,
            hidden: !mayNote,
          },
          { id: "team", label: t("tabs.team"), content: () => <TeamTab partner={partner} /> },
          {
            id: "statement",
            label: t("tabs.statement"),
            content: () => <StatementTab partner={partner} />,
            hidden: !readsBalances,
          },
          {
            id: "on-file",
            label: t("tabs.on_file"),
            content: () => <OnFile partnerId={partner.id} />,
            hidden: !readsBalances,
          },
          {
            id: "history",
            label: t("tabs.history"),
            content: () => <HistoryTab subject={partner.id} owner={{ states: "partner_state" }} />,
            hidden: !readsAudit,
          },
        ]}
      />
    </Page>
  );
}
