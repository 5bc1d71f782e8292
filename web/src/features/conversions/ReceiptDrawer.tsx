import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { Copyable } from "~/ui/Copyable";
import { useFormat } from "~/ui/format";
import { KeyValues } from "~/ui/KeyValues";
import { ErrorState, Section } from "~/ui/Page";
import { SideDrawer } from "~/ui/SideDrawer";
import { SkeletonLines } from "~/ui/Skeletons";
import { When } from "~/ui/When";
import { receiptQuery } from "./api";
import { shortId } from "./model";
import { Parameters } from "./Parameters";
import { ToConversion } from "./ToConversion";
import { useVerdictText } from "./verdict";

/** One call of a sender, word for word, and what it was told. */
export function ReceiptDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const { t } = useTranslation("conversions");
  return (
    <SideDrawer opened={id !== undefined} onClose={onClose} size="lg" title={t("receipt.title")}>
      {id && <ReceiptDetail id={id} />}
    </SideDrawer>
  );
}

function ReceiptDetail({ id }: { id: string }) {
  const { t } = useTranslation("conversions");
  const word = useWords();
  const { number } = useFormat();
  const verdict = useVerdictText();
  const { data, error, refetch } = useQuery(receiptQuery(id));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonLines lines={8} />;
  const conversion = data.conversion_id;
  return (
    <Stack gap="xl">
      <KeyValues
        items={[
          { label: t("column.time"), value: <When value={data.arrived_at} as="time" /> },
          { label: t("column.status"), value: word("receipt_status", data.status) },
          { label: t("column.verdict"), value: verdict(data) },
          { label: t("receipt.answer"), value: `HTTP ${number(data.http_status, { useGrouping: false })}` },
          { label: t("column.door"), value: data.door && word("receipt_door", data.door) },
          { label: t("column.trust"), value: data.trust && word("receipt_trust", data.trust) },
          {
            label: t("column.conversion"),
            value: conversion && <ToConversion id={conversion}>{shortId(conversion)}</ToConversion>,
          },
          ...(data.same_as
            ? [{ label: t("receipt.same_as"), value: <Copyable text={data.same_as} mono /> }]
            : []),
          { label: t("receipt.id"), value: <Copyable text={data.receipt_id} mono /> },
        ]}
      />
      <Section title={t("receipt.parameters")} hint={t("receipt.parameters_hint")}>
        <Parameters params={data.params} />
      </Section>
    </Stack>
  );
}
