import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMay } from "~/domain/person";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { useBillingChanged } from "~/features/billing/model";
import { FormError } from "~/ui/FormError";
import { useFormat } from "~/ui/format";
import { type KeyValue, KeyValues } from "~/ui/KeyValues";
import { Section } from "~/ui/Page";
import { notifyDone } from "~/ui/Toast";
import { ChangeDrawer } from "./ChangeDrawer";
import { FeeList } from "./FeeList";
import { type Subscription, subscriptionQuery } from "./model";
import { StartDrawer } from "./StartDrawer";

type Opened = "start" | "change" | "end";

/** What an advertiser pays for being on the platform: plan, trial, what is charged next, and what was charged lately. */
export function SubscriptionSection({ advertiserId }: { advertiserId: string }) {
  const { t } = useTranslation("subscriptions");
  const mayEdit = useMay("billing:write");
  const [opened, setOpened] = useState<Opened>();
  const { data } = useQuery(subscriptionQuery(advertiserId));
  const close = () => setOpened(undefined);
  if (!data || (!mayEdit && !data.subscription)) return null;
  const { subscription, fees } = data;
  const isOver = !subscription || subscription.state === "cancelled";
  return (
    <Section
      title={t("title")}
      hint={t("hint")}
      action={
        mayEdit &&
        (isOver ? (
          <Button variant="default" onClick={() => setOpened("start")}>
            {t("start.title")}
          </Button>
        ) : (
          <Acts subscription={subscription} onOpen={setOpened} />
        ))
      }
    >
      <Stack gap="sm">
        {subscription ? <Facts subscription={subscription} /> : <Text c="dimmed">{t("none")}</Text>}
        {fees.length > 0 && <FeeList fees={fees} caption={t("fee.title")} />}
      </Stack>
      {opened === "start" && <StartDrawer advertiserId={advertiserId} onClose={close} />}
      {subscription && (opened === "change" || opened === "end") && (
        <ChangeDrawer subscription={subscription} isEnd={opened === "end"} onClose={close} />
      )}
    </Section>
  );
}

function Facts({ subscription }: { subscription: Subscription }) {
  const { t } = useTranslation("subscriptions");
  const word = useWords();
  const { date, money } = useFormat();
  const { state, next_charge: next, trial_ends_on: trial } = subscription;
  const facts: KeyValue[] = [
    { label: t("fact.state"), value: <StateChip of="subscription" state={state} /> },
    {
      label: t("fact.plan"),
      value: (
        <>
          <span translate="no">{subscription.plan_name}</span>, {money(subscription.price)},{" "}
          {word("plan_period", subscription.period)}
        </>
      ),
    },
    ...(trial && state === "trialing" ? [{ label: t("fact.trial"), value: date(trial) }] : []),
    ...(subscription.period_from && subscription.period_to
      ? [
          {
            label: t("fact.period"),
            value: `${date(subscription.period_from)} – ${date(subscription.period_to)}`,
          },
        ]
      : []),
    ...(next ? [{ label: t("fact.next"), value: `${date(next.on)}, ${money(next.amount)}` }] : []),
    ...(subscription.next_plan_name
      ? [
          {
            label: t("fact.next_plan"),
            value: <span translate="no">{subscription.next_plan_name}</span>,
          },
        ]
      : []),
    ...(subscription.ends_on ? [{ label: t("fact.ends"), value: date(subscription.ends_on) }] : []),
    ...(subscription.cancelled_on
      ? [{ label: t("fact.cancelled"), value: date(subscription.cancelled_on) }]
      : []),
  ];
  return (
    <Stack gap="xs">
      <KeyValues items={facts} />
      {state === "past_due" && <Text size="sm">{t("past_due")}</Text>}
      {state === "paused" && <Text size="sm">{t("paused")}</Text>}
    </Stack>
  );
}

function Acts({ subscription, onOpen }: { subscription: Subscription; onOpen: (opened: Opened) => void }) {
  const { t } = useTranslation("subscriptions");
  const changed = useBillingChanged();
  const keep = useMutation({
    mutationFn: () =>
      client.POST("/v1/subscriptions/{id}/keep", { params: { path: { id: subscription.id } } }),
    onSuccess: async () => {
      await changed();
      notifyDone(t("kept"));
    },
  });
  return (
    <Group gap="xs">
      <FormError error={keep.error} />
      {subscription.ends_on ? (
        <Button variant="default" loading={keep.isPending} onClick={() => keep.mutate()}>
          {t("keep")}
        </Button>
      ) : (
        subscription.state !== "paused" && (
          <Button variant="default" onClick={() => onOpen("change")}>
            {t("change.title")}
          </Button>
        )
      )}
      <Button variant="default" onClick={() => onOpen("end")}>
        {t("end.title")}
      </Button>
    </Group>
  );
}
