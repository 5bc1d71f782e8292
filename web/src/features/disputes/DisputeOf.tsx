import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay, useMe, workplaceOf } from "~/domain/person";
import { useScrubs } from "~/features/scrubs/model";
import type { MoneyValue } from "~/ui/format";
import { HrefLink } from "~/ui/HrefLink";
import { StatusChip } from "~/ui/StatusChip";
import { kindFor, useDisputes } from "./model";
import { OpenDrawer } from "./OpenDrawer";
import { STATE_TONES, useDisputeWords } from "./useDisputeWords";

interface Props {
  conversion: { id: string; status: string; sale: MoneyValue };
}

/** On a conversion: its latest dispute, and the partner's way to open one. */
export function DisputeOf({ conversion }: Props) {
  const { t } = useTranslation("disputes");
  const words = useDisputeWords();
  const isPartner = workplaceOf(useMe().role) === "partner";
  const mayRead = useMay("disputes:read");
  const mayDispute = useMay("disputes:write") && isPartner;
  const [isOpening, setIsOpening] = useState(false);
  const list = useDisputes({ conversion_id: conversion.id }, mayRead);
  const scrubs = useScrubs({ conversion_id: conversion.id }, mayDispute);
  const [row] = list.rows;
  // What an advertiser had removed is appealed against instead.
  const mayOpen = mayDispute && scrubs.state === "ready" && scrubs.rows.length === 0 && row?.state !== "open";
  if (!mayRead || list.state !== "ready" || (!row && !mayOpen)) return null;
  return (
    <Group gap="sm">
      {row && (
        <>
          <StatusChip tone={STATE_TONES[row.state]} label={words.state[row.state]} />
          <Text>
            <HrefLink href={`/disputes?open=${row.id}`}>{t("of_conversion")}</HrefLink>
          </Text>
        </>
      )}
      {mayOpen && (
        <Button variant="default" onClick={() => setIsOpening(true)}>
          {t("open.one")}
        </Button>
      )}
      {isOpening && (
        <OpenDrawer
          kind={kindFor(conversion.status)}
          conversion={{ id: conversion.id, currency: conversion.sale.currency }}
          onClose={() => setIsOpening(false)}
        />
      )}
    </Group>
  );
}
