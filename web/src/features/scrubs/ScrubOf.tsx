import { Anchor, Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay, useMe, workplaceOf } from "~/domain/person";
import { HrefLink } from "~/ui/HrefLink";
import { Section } from "~/ui/Page";
import { StatusChip } from "~/ui/StatusChip";
import { AskDrawer } from "./AskDrawer";
import { useScrubs } from "./model";
import { ScrubView } from "./ScrubView";
import { STATE_TONES, useScrubWords } from "./useScrubWords";

interface Props {
  conversion: { id: string; status: string; advertiser_id?: string | null };
}

const REMOVABLE = ["approved", "locked", "paid"];

/** On a conversion: what an advertiser asked of it, or the way to ask. Nothing where there is nothing to say. */
export function ScrubOf({ conversion }: Props) {
  const { t } = useTranslation("scrubs");
  const words = useScrubWords();
  const reader = workplaceOf(useMe().role);
  const mayRead = useMay("scrubs:read");
  const mayAsk = useMay("scrubs:write") && reader === "advertiser";
  const [isAsking, setIsAsking] = useState(false);
  const list = useScrubs({ conversion_id: conversion.id }, mayRead);
  const [row] = list.rows;
  if (row && reader === "partner")
    return (
      <Section title={t("partner_title")}>
        <ScrubView row={row} />
      </Section>
    );
  if (row)
    return (
      <Section title={t("one")}>
        <Group gap="sm">
          <StatusChip tone={STATE_TONES[row.state]} label={words.state[row.state]} />
          <Text translate="no">{row.proof}</Text>
          <Anchor component={HrefLink} href={`/scrubs?open=${row.request_id}`}>
            {t("open_request")}
          </Anchor>
        </Group>
      </Section>
    );
  if (!mayAsk || !REMOVABLE.includes(conversion.status) || list.state !== "ready") return null;
  return (
    <div>
      <Button variant="default" onClick={() => setIsAsking(true)}>
        {t("ask.one")}
      </Button>
      {isAsking && <AskDrawer ids={conversion.id} onClose={() => setIsAsking(false)} />}
    </div>
  );
}
