import { Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { client, type Schemas } from "~/api/client";
import { bodyOf, type Named, named } from "~/features/offers/model";
import { useFormat } from "~/ui/format";
import type { Conditions, Effect } from "./shapes";
import { whatInWords, whenInWords } from "./words/ruleWords";
import { useSpeaker } from "./words/speaker";

type PrivateRate = Named<Schemas["PrivateRateOut"]>;

function usePrivateRates(partnerId: string) {
  return useQuery({
    queryKey: ["private-rates", partnerId],
    queryFn: async ({ signal }) => {
      const params = { path: { id: partnerId } };
      return named(bodyOf(await client.GET("/v1/partners/{id}/private-rates", { params, signal }))).items;
    },
  });
}

interface Props {
  partnerId: string;
  /** What stands around the rates; nothing is drawn where there are none. */
  frame: (rates: ReactNode) => ReactNode;
}

/** What a partner has for itself: in which offer, when, and until when. */
export function PrivateRates({ partnerId, frame }: Props) {
  const { data: rates = [] } = usePrivateRates(partnerId);
  if (rates.length === 0) return null;
  return frame(
    <Stack gap="sm">
      {rates.map((rate) => (
        <Rate key={`${rate.rule_id} ${rate.from}`} rate={rate} />
      ))}
    </Stack>,
  );
}

function Rate({ rate }: { rate: PrivateRate }) {
  const { t } = useTranslation("plans");
  const { date } = useFormat();
  const speaker = useSpeaker(rate.currency, rate.names);
  const { partner_id: _, ...conditions } = rate.conditions as Conditions;
  const isPlanned = Date.parse(rate.from) > Date.now();
  const until = rate.until ? t("private.until", { until: date(rate.until) }) : t("private.open");
  return (
    <div>
      <Text fw={500} translate="no">
        {rate.names[rate.offer_id]}
      </Text>
      <Text>
        {whenInWords({ conditions }, speaker)}:{" "}
        {whatInWords({ ...rate, effect: rate.effect as Effect }, speaker)}
      </Text>
      <Text size="sm" c="dimmed">
        {isPlanned ? t("private.from", { from: date(rate.from) }) : t("private.now")}, {until}
      </Text>
    </div>
  );
}
