import { Anchor, Card, Group, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { useFormat } from "~/ui/format";
import type { Figures } from "../figures";
import type { Named, Offer } from "../model";
import { EarningLines } from "./EarningLines";
import { NextAct } from "./NextAct";
import classes from "./portal.module.css";
import { Standing } from "./Standing";
import { stanceOf } from "./stance";
import { TrafficSummary } from "./TrafficSummary";

interface Props {
  offer: Named<Offer>;
  figures: Figures;
  onJoin: () => void;
  onTakeLink: () => void;
}

/** An offer to choose: what it is, what one earns, whether one is in. */
export function OfferCard({ offer, figures, onJoin, onTakeLink }: Props) {
  const { t } = useTranslation("portal");
  const word = useWords();
  const { money, number } = useFormat();
  const advertiser = offer.names[offer.advertiser_id];
  const isJoined = stanceOf(offer) === "joined";
  const clicks = figures.of(offer.id, "clicks");
  return (
    <Card component="article" withBorder padding="md" className={classes.card}>
      <div>
        <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
          <Title order={3} className={classes.name}>
            <Anchor component={Link} to={`/offers/${offer.id}`} inherit c="inherit" translate="no">
              {offer.name}
            </Anchor>
          </Title>
          <Standing offer={offer} />
        </Group>
        <Text size="sm" c="dimmed">
          {word("vertical", offer.vertical)}
          {advertiser && (
            <>
              {" · "}
              <span translate="no">{advertiser}</span>
            </>
          )}
        </Text>
      </div>
      <EarningLines offer={offer} />
      {offer.description && (
        <Text size="sm" lineClamp={2} translate="no">
          {offer.description}
        </Text>
      )}
      <TrafficSummary offer={offer} />
      <div className={classes.foot}>
        {isJoined ? (
          <Text size="sm" className="figures">
            {clicks === null
              ? ""
              : t("offers.own", {
                  earned: (figures.amounts(offer.id, "payout") ?? [])
                    .map((amount) => money(amount))
                    .join(" + "),
                  count: clicks,
                  clicks: number(clicks),
                })}
          </Text>
        ) : (
          <span />
        )}
        <NextAct offer={offer} onJoin={onJoin} onTakeLink={onTakeLink} variant="default" />
      </div>
    </Card>
  );
}
