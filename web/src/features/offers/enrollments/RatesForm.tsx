import { Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client, type Schemas } from "~/api/client";
import { startOfDay } from "~/features/conversions/days";
import { draftOf, effectOf, NO_RATE, type RateDraft } from "~/features/plans/effect";
import { type MarginWordsSent, useMarginWords } from "~/features/plans/MarginWords";
import { usePayoutWords } from "~/features/plans/payoutWords";
import { RateExample } from "~/features/plans/RateExample";
import { RateField } from "~/features/plans/RateField";
import { ownRates } from "~/features/plans/rules";
import { ValidFrom } from "~/features/plans/ValidFrom";
import { FormDrawer } from "~/ui/FormDrawer";
import { useFormat } from "~/ui/format";
import { notifyDone } from "~/ui/Toast";
import { bodyOf, type Offer } from "../model";
import { useOfferSaved } from "../offer/useOfferSaved";

interface Props {
  offer: Offer;
  earnings: Schemas["PlanOut"];
  partnerId: string;
  title: string;
  onClose: () => void;
}

export function RatesForm({ offer, earnings, partnerId, title, onClose }: Props) {
  const { t } = useTranslation("offers");
  const { t: plans } = useTranslation("plans");
  const { timezone } = useFormat();
  const payoutText = usePayoutWords();
  const saved = useOfferSaved();
  const [drafts, setDrafts] = useState<Record<string, RateDraft>>(() => {
    const own = ownRates(earnings, partnerId);
    return Object.fromEntries(offer.goals.map(({ id }) => [id, draftOf(own.get(id), offer.currency)]));
  });
  const [day, setDay] = useState<string | null>(null);
  const draftFor = (goalId: string) => drafts[goalId] ?? NO_RATE;
  const isReadable = offer.goals.every(({ id }) => effectOf(draftFor(id), offer.currency) !== undefined);
  const save = useMutation({
    mutationFn: async (words: MarginWordsSent) => {
      const goals = offer.goals.flatMap(({ id, name }) => {
        const payout = effectOf(draftFor(id), offer.currency);
        return payout ? [{ name, payout }] : [];
      });
      const params = { path: { id: offer.id, partner_id: partnerId } };
      const body = { goals, valid_from: day ? startOfDay(day, timezone) : null, ...words };
      return bodyOf(await client.PUT("/v1/offers/{id}/partner-rates/{partner_id}", { params, body }));
    },
    onSuccess: (offerNow) => {
      saved(offerNow);
      notifyDone(t("enrollments.rates_saved"));
      onClose();
    },
  });
  const margin = useMarginWords(save.error);
  return (
    <FormDrawer
      title={title}
      size="lg"
      onClose={onClose}
      onSubmit={() => save.mutate(margin.sent)}
      error={save.error}
      isSaving={save.isPending}
      isReady={isReadable}
    >
      <Text c="dimmed">{t("enrollments.rates_help")}</Text>
      {margin.field}
      {offer.goals.map((goal) => (
        <Stack key={goal.id} gap="xs">
          <RateField
            label={t("enrollments.rate_of", {
              goal: goal.name,
              usual: payoutText(goal.payout, goal, offer.currency),
            })}
            draft={draftFor(goal.id)}
            onChange={(draft) => setDrafts({ ...drafts, [goal.id]: draft })}
            currency={offer.currency}
            noneLabel={plans("rate.inherit")}
          />
          <RateExample
            goal={goal}
            payout={
              draftFor(goal.id).kind === "none" ? draftOf(goal.payout, offer.currency) : draftFor(goal.id)
            }
            revenue={draftOf(goal.revenue, offer.currency)}
            currency={offer.currency}
          />
        </Stack>
      ))}
      <ValidFrom day={day} onChange={setDay} />
    </FormDrawer>
  );
}
