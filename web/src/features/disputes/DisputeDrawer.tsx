import { Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMay, useMe, workplaceOf } from "~/domain/person";
import { bodyOf } from "~/features/offers/model";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { Copyable } from "~/ui/Copyable";
import { useFormat } from "~/ui/format";
import { HrefLink } from "~/ui/HrefLink";
import { KeyValues } from "~/ui/KeyValues";
import { ErrorState, Section } from "~/ui/Page";
import { SideDrawer } from "~/ui/SideDrawer";
import { SkeletonBlock } from "~/ui/Skeletons";
import { StatusChip } from "~/ui/StatusChip";
import { notifyDone } from "~/ui/Toast";
import { When } from "~/ui/When";
import { DecideForm } from "./DecideForm";
import { Facts, MoreFacts } from "./Facts";
import { type DisputeDetail, disputeQuery, isLate, useDisputesChanged } from "./model";
import { Thread } from "./Thread";
import { STATE_TONES, useDisputeWords } from "./useDisputeWords";

interface Props {
  id: string;
  onClose: () => void;
}

/** One dispute: what the partner says, the facts beside it, what both wrote, the decision. */
export function DisputeDrawer({ id, onClose }: Props) {
  const { t } = useTranslation("disputes");
  const { data, error, refetch } = useQuery(disputeQuery(id));
  const words = useDisputeWords();
  const isStaff = workplaceOf(useMe().role) === "staff";
  const mayDecide = useMay("disputes:decide");
  const mayWrite = useMay("disputes:write");
  const [isAsking, setIsAsking] = useState(false);
  const isOpen = data?.dispute.state === "open";
  const title = data ? words.kind[data.dispute.kind] : t("one");
  return (
    <SideDrawer opened onClose={() => !isAsking && onClose()} size={isStaff ? "xl" : "lg"} title={title}>
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonBlock height={320} />}
      {data && (
        <Stack gap="xl">
          <Told detail={data} />
          {data.dispute.decision_words && (
            <Section title={t("decision")}>
              <Text translate="no" style={{ overflowWrap: "anywhere" }}>
                {data.dispute.decision_words}
              </Text>
            </Section>
          )}
          {isStaff && <Facts detail={data} />}
          <Section title={t("thread.title")}>
            <Thread detail={data} mayWrite={mayWrite && isOpen} />
          </Section>
          {mayDecide && isOpen && <DecideForm dispute={data.dispute} />}
          {isStaff && data.dispute.conversion_id && <MoreFacts conversionId={data.dispute.conversion_id} />}
          {!isStaff && mayWrite && isOpen && (
            <Group>
              <Button variant="default" onClick={() => setIsAsking(true)}>
                {t("withdraw.title")}
              </Button>
            </Group>
          )}
          {isAsking && <Withdraw id={id} onClose={() => setIsAsking(false)} />}
        </Stack>
      )}
    </SideDrawer>
  );
}

function Told({ detail: { dispute } }: { detail: DisputeDetail }) {
  const { t } = useTranslation("disputes");
  const words = useDisputeWords();
  const { money, date } = useFormat();
  const named = (label: string, text: string | null | undefined) =>
    text ? [{ label, value: <Copyable text={text} /> }] : [];
  const conversion = dispute.conversion_id && (
    <HrefLink href={`/conversions/${dispute.conversion_id}`}>{t("to_conversion")}</HrefLink>
  );
  return (
    <Stack gap="md">
      <Group gap="sm">
        <StatusChip tone={STATE_TONES[dispute.state]} label={words.state[dispute.state]} />
        <Text c={isLate(dispute) ? "var(--ui-down)" : "dimmed"} size="sm">
          {isLate(dispute) ? t("late") : t("column.due")}: <When value={dispute.due_at} as="date" />
        </Text>
      </Group>
      <KeyValues
        items={[
          ...(conversion ? [{ label: t("column.about"), value: conversion }] : []),
          ...named(t("field.order"), dispute.order_id),
          ...named(t("field.click"), dispute.click_id),
          ...named(t("field.customer"), dispute.customer),
          ...(dispute.happened_on ? [{ label: t("field.day"), value: date(dispute.happened_on) }] : []),
          ...(dispute.amount ? [{ label: t("column.amount"), value: money(dispute.amount) }] : []),
          { label: t("column.age"), value: <When value={dispute.created_at} as="time" /> },
        ]}
      />
      <Text style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }} translate="no">
        {dispute.words}
      </Text>
      {dispute.proof && (
        <Text size="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
          {t("field.proof")}: <span translate="no">{dispute.proof}</span>
        </Text>
      )}
    </Stack>
  );
}

function Withdraw({ id, onClose }: Props) {
  const { t } = useTranslation("disputes");
  const changed = useDisputesChanged();
  const withdraw = async () => {
    bodyOf(await client.POST("/v1/disputes/{id}/withdraw", { params: { path: { id } } }));
    await changed();
    notifyDone(t("withdraw.done"));
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("withdraw.title")}
      confirmLabel={t("withdraw.title")}
      onConfirm={withdraw}
    >
      {t("withdraw.what")}
    </ConfirmDialog>
  );
}
