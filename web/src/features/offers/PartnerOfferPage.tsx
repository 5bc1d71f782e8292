import { Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "~/domain/person";
import { useWords } from "~/domain/words";
import { BonusesAhead } from "~/features/bonuses/BonusesAhead";
import { OwnRates } from "~/features/bump_requests/OwnRates";
import { CapsLeft } from "~/features/caps/CapsLeft";
import { OwnCoupons } from "~/features/coupons/OwnCoupons";
import { LinkDrawer } from "~/features/links/portal/LinkDrawer";
import { PARTNER_CHARTED, PARTNER_METRICS } from "~/features/links/portal/metrics";
import { NewLinkDrawer } from "~/features/links/portal/NewLinkDrawer";
import { readLinkSearch } from "~/features/links/portal/search";
import { FailedLoad } from "~/frame/FailedLoad";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { Page, Section } from "~/ui/Page";
import { PageSkeleton } from "~/ui/Skeletons";
import { EarningLines } from "./portal/EarningLines";
import { JoinDrawer } from "./portal/JoinDrawer";
import { LandingsPanel } from "./portal/LandingsPanel";
import { NextAct } from "./portal/NextAct";
import { OwnLinksPanel } from "./portal/OwnLinksPanel";
import { Panel } from "./portal/Panel";
import { PayablePanel } from "./portal/PayablePanel";
import classes from "./portal/portal.module.css";
import { RulesPanel } from "./portal/RulesPanel";
import { Standing } from "./portal/Standing";
import { StandingNote } from "./portal/StandingNote";
import { stanceOf } from "./portal/stance";
import { TrafficPanel } from "./portal/TrafficPanel";
import { offerQuery } from "./queries";
import { SubjectNumbers } from "./SubjectNumbers";

const readState = (raw: PageSearch) => {
  const { open, new: isNew } = readLinkSearch(raw);
  return { open, new: isNew, join: textOf(raw, "join") };
};

/** One offer for a partner: what it pays and when, what is allowed, and one's own links and numbers. */
export default function PartnerOfferPage() {
  const { t } = useTranslation("portal");
  const { t: payouts } = useTranslation("payouts");
  const word = useWords();
  const me = useMe();
  const { offerId } = useParams({ strict: false }) as { offerId: string };
  const [search, change] = usePageState(readState);
  const { data: offer, error, refetch } = useQuery(offerQuery(offerId));
  if (error && !offer)
    return <FailedLoad title={t("link.offer")} error={error} onRetry={() => void refetch()} />;
  if (!offer) return <PageSkeleton />;
  const stance = stanceOf(offer);
  const hasNumbers = stance === "joined" || stance === "paused";
  const newLink = () => change({ new: true, join: undefined, open: undefined }, { push: true });
  return (
    <Page
      title={offer.name}
      subtitle={
        <Group gap="xs">
          <Text span>{word("vertical", offer.vertical)}</Text>
          <Standing offer={offer} />
        </Group>
      }
      action={
        <NextAct
          offer={offer}
          onJoin={() => change({ join: offer.id }, { push: true })}
          onTakeLink={newLink}
        />
      }
    >
      <StandingNote offer={offer} />
      <div className={classes.columns}>
        <div className={classes.column}>
          <Panel title={t("earn.title")}>
            <EarningLines offer={offer} whole />
            {offer.description && (
              <Text mt="sm" style={{ whiteSpace: "pre-line" }} translate="no">
                {offer.description}
              </Text>
            )}
          </Panel>
          {!hasNumbers && <LandingsPanel offer={offer} />}
          {stance === "joined" && (
            <OwnLinksPanel offer={offer} onOpen={(open) => change({ open }, { push: true })} />
          )}
          {hasNumbers && (
            <Section title={t("offer.numbers")}>
              <SubjectNumbers
                field="offer"
                id={offer.id}
                name={offer.name}
                metrics={PARTNER_METRICS}
                charted={PARTNER_CHARTED}
              />
            </Section>
          )}
        </div>
        <div className={classes.column}>
          <PayablePanel offer={offer} />
          {stance === "joined" && me.partner_id && (
            <BonusesAhead
              partnerId={me.partner_id}
              offerId={offer.id}
              frame={(bonuses) => <Panel title={payouts("bonuses.ahead")}>{bonuses}</Panel>}
            />
          )}
          {stance === "joined" && <OwnRates offer={offer} />}
          {hasNumbers && <CapsLeft offer={offer} isPartner />}
          {hasNumbers && <OwnCoupons offerId={offer.id} />}
          <TrafficPanel offer={offer} />
          <RulesPanel offer={offer} />
          {hasNumbers && <LandingsPanel offer={offer} />}
        </div>
      </div>
      <JoinDrawer
        offer={search.join === offer.id ? offer : undefined}
        onClose={() => change({ join: undefined })}
        onTakeLink={newLink}
      />
      <NewLinkDrawer
        opened={search.new === true}
        onClose={() => change({ new: undefined })}
        offerId={offer.id}
      />
      <LinkDrawer linkId={search.new ? undefined : search.open} onClose={() => change({ open: undefined })} />
    </Page>
  );
}
