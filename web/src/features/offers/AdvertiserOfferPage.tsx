import { Anchor, Card, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { CapsLeft } from "~/features/caps/CapsLeft";
import { OfferDoctor } from "~/features/doctor/OfferDoctor";
import { FailedLoad } from "~/frame/FailedLoad";
import { Page, Section } from "~/ui/Page";
import { PageSkeleton } from "~/ui/Skeletons";
import { ADVERTISER_CHARTED, ADVERTISER_METRICS } from "./portal/advertiserMetrics";
import { ChargeLines } from "./portal/ChargeLines";
import { JudgingPanel } from "./portal/JudgingPanel";
import { LandingsPanel } from "./portal/LandingsPanel";
import { Panel } from "./portal/Panel";
import classes from "./portal/portal.module.css";
import { RulesPanel } from "./portal/RulesPanel";
import { TrafficPanel } from "./portal/TrafficPanel";
import { offerQuery } from "./queries";
import { SubjectNumbers } from "./SubjectNumbers";

/** One of the advertiser's own offers: what it is charged, what came, what is agreed. */
export default function AdvertiserOfferPage() {
  const { t } = useTranslation("portal");
  const word = useWords();
  const { offerId } = useParams({ strict: false }) as { offerId: string };
  const { data: offer, error, refetch } = useQuery(offerQuery(offerId));
  if (error && !offer)
    return <FailedLoad title={t("link.offer")} error={error} onRetry={() => void refetch()} />;
  if (!offer) return <PageSkeleton />;
  return (
    <Page
      title={offer.name}
      subtitle={
        <Group gap="xs">
          <Text span>{word("vertical", offer.vertical)}</Text>
          <StateChip of="offer" state={offer.state} />
        </Group>
      }
    >
      <div className={classes.columns}>
        <div className={classes.column}>
          <Panel title={t("charge.title")}>
            <ChargeLines offer={offer} />
          </Panel>
          <Section title={t("offer.numbers")}>
            <SubjectNumbers
              field="offer"
              id={offer.id}
              name={offer.name}
              metrics={ADVERTISER_METRICS}
              charted={ADVERTISER_CHARTED}
            />
          </Section>
        </div>
        <div className={classes.column}>
          <Card withBorder padding="md">
            <OfferDoctor offer={offer} />
          </Card>
          <JudgingPanel offer={offer} />
          <CapsLeft offer={offer} />
          <TrafficPanel offer={offer} asks={false} />
          <RulesPanel offer={offer} />
          <LandingsPanel offer={offer} />
          <Text size="sm" c="dimmed">
            {t("own_offers.read_only")}{" "}
            <Anchor component={Link} to="/connection" underline="always">
              {t("own_offers.connection")}
            </Anchor>
          </Text>
        </div>
      </div>
    </Page>
  );
}
