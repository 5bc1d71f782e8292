import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ToConversion } from "~/features/conversions/ToConversion";
import type { JournalEntry } from "./model";

interface Props {
  entry: JournalEntry;
  names: Readonly<Record<string, string>>;
  /** The batch of the payout, where it is known. */
  batchId?: string | null;
}

/** What the entry was booked for, with the way to it. */
export function CauseLink({ entry, names, batchId }: Props) {
  const { t } = useTranslation("journal");
  const { conversion_id: conversion, payout_id: payout } = entry;
  if (conversion) {
    return <ToConversion id={conversion}>{names[conversion] ?? t("cause.conversion")}</ToConversion>;
  }
  if (!payout) return t("cause.by_hand");
  if (!batchId) return t("cause.payout");
  return (
    <Anchor renderRoot={(props) => <Link to="/payouts/batches/$batchId" params={{ batchId }} {...props} />}>
      {t("cause.payout")}
    </Anchor>
  );
}
