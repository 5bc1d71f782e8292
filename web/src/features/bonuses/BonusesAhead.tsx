import { Progress, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { client, type Schemas } from "~/api/client";
import { bodyOf, type Named, named } from "~/features/offers/model";
import type { Conditions } from "~/features/plans/shapes";
import { bonusInWords } from "~/features/plans/words/effectWords";
import { whenInWords } from "~/features/plans/words/ruleWords";
import { useSpeaker } from "~/features/plans/words/speaker";
import { useFormat } from "~/ui/format";
import { figureText } from "./figure";

type Ahead = Named<Schemas["BonusAhead"]>;

function useBonusesAhead(partnerId: string) {
  return useQuery({
    queryKey: ["bonuses", "ahead", partnerId],
    queryFn: async ({ signal }) => {
      const query = { partner_id: partnerId };
      return named(bodyOf(await client.GET("/v1/bonuses/ahead", { params: { query }, signal }))).items;
    },
  });
}

interface Props {
  partnerId: string;
  /** Those of one offer alone. */
  offerId?: string;
  /** What stands around them; nothing is drawn where none can be reached. */
  frame: (bonuses: ReactNode) => ReactNode;
}

/** The bonuses that a partner can reach, and how far it has come. */
export function BonusesAhead({ partnerId, offerId, frame }: Props) {
  const { data = [] } = useBonusesAhead(partnerId);
  const shown = data.filter(({ offer_id }) => offerId === undefined || offer_id === offerId);
  if (shown.length === 0) return null;
  return frame(
    <Stack gap="md">
      {shown.map((bonus) => (
        <Bonus key={`${bonus.offer_id} ${bonus.rule_id}`} bonus={bonus} hasOffer={offerId === undefined} />
      ))}
    </Stack>,
  );
}

function Bonus({ bonus, hasOffer }: { bonus: Ahead; hasOffer: boolean }) {
  const { t } = useTranslation("payouts");
  const format = useFormat();
  const speaker = useSpeaker(bonus.currency, bonus.names);
  const { metric, period, threshold: from, amount, reached } = bonus;
  const terms = bonusInWords({ metric, period, from, minor: amount.minor }, speaker);
  const shown = (figure: number) => figureText(format, metric, figure, bonus.currency);
  const progress = t("bonuses.progress", { reached: shown(reached), threshold: shown(from) });
  const until = bonus.period_end
    ? t("bonuses.until", { until: format.dateTime(bonus.period_end) })
    : undefined;
  return (
    <div>
      {hasOffer && (
        <Text fw={500} translate="no">
          {bonus.names[bonus.offer_id]}
        </Text>
      )}
      <Text>
        {whenInWords({ conditions: bonus.conditions as Conditions }, speaker)}: {terms}
      </Text>
      <Progress
        value={Math.min((reached / from) * 100, 100)}
        color={bonus.is_met ? "teal" : undefined}
        maw={480}
        my={4}
        aria-label={terms}
      />
      <Text size="sm" c="dimmed" className="figures">
        {[progress, bonus.is_met ? t("bonuses.met") : until].filter(Boolean).join("; ")}
      </Text>
    </div>
  );
}
